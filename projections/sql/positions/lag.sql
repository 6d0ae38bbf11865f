-- How far each projection is behind the log, per partition, and since when.
select position.projection, position.partition, head."offset" - position."offset",
    coalesce(clock_timestamp() - (
        select recorded_at from event
        where event.partition = position.partition and event."offset" > position."offset"
        order by event."offset" limit 1
    ), interval '0')
from projection_position position join head using (partition)
where not position.building
order by position.projection, position.partition
