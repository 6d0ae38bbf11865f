insert into timeline_line
select root, root_version, journey, name, occurred_at, recorded_at, organisation,
    string_to_array(organisation_kinds, ' '), role, client, parameters::jsonb
from unnest(
    %b::text[], %b::integer[], %b::text[], %b::text[], %b::timestamptz[], %b::timestamptz[], %b::text[],
    %b::text[], %b::text[], %b::text[], %b::text[]
) as told (
    root, root_version, journey, name, occurred_at, recorded_at, organisation,
    organisation_kinds, role, client, parameters
)
