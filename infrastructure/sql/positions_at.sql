-- The last offset of each partition that was recorded by an instant; 0 where there is none.
select head.partition, coalesce((
    select "offset" from event
    where event.partition = head.partition and recorded_at <= %b
    order by "offset" desc limit 1
), 0)
from head
order by head.partition;
