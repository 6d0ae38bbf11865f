-- Everything that happened to a root, in order, up to a version (inclusive).
select partition, "offset", root, root_version, journey, journey_version, name, data, metadata, occurred_at, recorded_at
from event
where partition = %b and root = %b and root_version <= %b
order by root_version;
