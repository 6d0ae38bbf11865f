insert into caseload_case
select root, journey, organisation, string_to_array(sides, ' '), kind, stage, since, version,
    string_to_array(next_steps, ' '), string_to_array(statuses, ' '), string_to_array(turns, ' ')::timestamptz[],
    coalesce(due, 'infinity'), due_command
from unnest(
    %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::timestamptz[], %b::integer[],
    %b::text[], %b::text[], %b::text[], %b::timestamptz[], %b::text[]
) as told (root, journey, organisation, sides, kind, stage, since, version, next_steps, statuses, turns, due, due_command)
