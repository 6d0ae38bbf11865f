-- When the last event was recorded; null in an empty log.
select max((
    select recorded_at from event where event.partition = head.partition order by "offset" desc limit 1
))
from head;
