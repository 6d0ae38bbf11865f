insert into milestone (
    root, root_version, journey, kind, occurred_on, recorded_at, into_root, detail, receiver, receiver_kinds,
    organisation, organisation_kinds, organisation_families, authorised, origin, department, birth_year, title, criteria
)
select told.*, coalesce(trait_on(told.root, 'department', told.occurred_on), 'unknown'),
    trait_on(told.root, 'birth_year', told.occurred_on)::smallint,
    coalesce(trait_on(told.root, 'title', told.occurred_on), 'unknown'),
    coalesce(trait_on(told.root, 'criteria', told.occurred_on), 'unknown')
from unnest(
    %b::text[], %b::integer[], %b::text[], %b::text[], %b::date[], %b::timestamptz[], %b::text[], %b::text[], %b::text[],
    %b::text[], %b::text[], %b::text[], %b::text[], %b::boolean[], %b::text[]
) as told (
    root, root_version, journey, kind, occurred_on, recorded_at, into_root, detail, receiver, receiver_kinds,
    organisation, organisation_kinds, organisation_families, authorised, origin
)
