insert into activity (root, organisation, last_on)
select told.root, told.organisation, max(told.on_day)
from unnest(%b::text[], %b::text[], %b::date[]) as told (root, organisation, on_day)
group by told.root, told.organisation
on conflict (root, organisation) do update set last_on = greatest(activity.last_on, excluded.last_on)
