-- The notices of one partition after an event: so many, and the others of the last event among them. What comes after
-- a dossier that waits to be told is held back, so that nothing appears behind a cursor.
with told as (
    select notice.* from notice
    where partition = %(partition)s and "offset" > %(after)s and "offset" < coalesce((
        select min(parked."offset") from projection_parked parked
        where parked.projection = 'notifications' and not parked.building and parked.partition = %(partition)s
    ), 9223372036854775807)
)
select "offset", root, root_version, key, journey, journey_version, event, template, channel, recipient, organisation,
    subject, named, about, occurred_at, recorded_at
from told
where "offset" <= (
    select max("offset") from (select "offset" from told order by "offset" limit %(limit)s) page
)
order by "offset", key
