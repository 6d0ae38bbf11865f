-- The same for tables being built, which never go further than those that people read.
select position.projection, position.partition, position."offset", read."offset"
from projection_position position
    join projection_position read
        on read.projection = position.projection and read.partition = position.partition and not read.building
where position.building
    and (position.projection, position.version) in (
        select * from unnest(%(projections)b::text[], %(versions)b::integer[])
    )
    and position."offset" < read."offset"
order by position.partition < %(start)s, position.partition
limit %(most)s
for update of position skip locked
