-- A projection that has read nothing yet.
insert into projection_position (projection, building, partition, version)
select %(projection)s, %(building)s, partition, %(version)s from head
on conflict do nothing
