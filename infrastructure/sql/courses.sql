-- The dossiers of candidates in a partition, one after the other, after a version of one of them; up to an offset of the
-- log.
select partition, "offset", root, root_version, journey, journey_version, name, data, metadata, occurred_at, recorded_at
from event
where partition = %b and (root, root_version) > (%b, %b) and "offset" <= %b and starts_with(root, 'candidate/')
order by root, root_version
limit %b
