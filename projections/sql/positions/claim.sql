-- Positions that the log is ahead of, from a partition on. Whoever runs this moves them until it commits or dies; those
-- that somebody else is moving are passed over.
select position.projection, position.partition, position."offset", head."offset"
from projection_position position
    join unnest(%(partitions)b::integer[], %(heads)b::bigint[]) as head (partition, "offset") using (partition)
where not position.building
    and (position.projection, position.version) in (
        select * from unnest(%(projections)b::text[], %(versions)b::integer[])
    )
    and position."offset" < head."offset"
order by position.partition < %(start)s, position.partition
limit %(most)s
for update of position skip locked
