-- A partition whose log has grown since it was looked at; those that somebody else looks at are passed over.
select position.partition, position."offset"
from webhook_position position join head using (partition)
where position."offset" < head."offset"
order by position.partition
limit 1
for update of position skip locked
