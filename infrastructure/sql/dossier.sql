-- Everything that happened to a root, in order, after a version (exclusive) and up to another one (inclusive).
select partition, "offset", root, root_version, journey, journey_version, name, data, metadata, occurred_at, recorded_at
from event
where partition = %b and root = %b and root_version > %b and root_version <= %b
order by root_version;
