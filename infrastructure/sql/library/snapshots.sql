select originator_version, topic, state
from library_snapshot
where purpose = %b and originator = %b and originator_version > %b and originator_version <= %b
order by originator_version;
