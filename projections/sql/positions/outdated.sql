-- The projections whose tables are of another version than the code.
select distinct position.projection
from projection_position position
    join unnest(%s::text[], %s::integer[]) as known (projection, version) using (projection)
where not position.building and position.version <> known.version
order by position.projection
