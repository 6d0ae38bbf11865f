-- A partition of the log, in order, after an offset.
select partition, "offset", root, root_version, journey, journey_version, name, data, metadata, occurred_at, recorded_at
from event
where partition = %b and "offset" > %b
order by "offset"
limit %b;
