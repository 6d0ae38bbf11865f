-- Where each partition stood just before an instant: what comes after it was recorded then or later.
select head.partition, coalesce((
    select event."offset" from event
    where event.partition = head.partition and event.recorded_at < %(since)s
    order by event."offset" desc
    limit 1
), 0)
from head
order by head.partition
