-- Which dossiers the milestones could not be told what was recorded of them by an instant, and since when.
select coalesce(md5(string_agg(parked.root || ' ' || parked.root_version, ',' order by parked.root)), '')
from projection_parked parked join event on event.partition = parked.partition and event."offset" = parked."offset"
where parked.projection = 'milestones' and not parked.building and event.recorded_at <= %(as_of)s
