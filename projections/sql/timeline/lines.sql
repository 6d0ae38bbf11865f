select root, root_version, journey, name, occurred_at, recorded_at, organisation, organisation_kinds, role, client,
    parameters::text
from timeline_line
where root = %s and root_version > %s
order by root_version
limit %s
