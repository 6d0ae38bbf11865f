-- While this transaction lasts, nothing is told to the tables that people read, and the others can draw level.
select from projection_position where projection = %s and not building
order by partition
for update
