insert into milestone (
    root, root_version, journey, kind, occurred_on, recorded_at, into_root, detail, receiver, receiver_kinds,
    organisation, organisation_kinds, organisation_families, authorised, origin, department, birth_year, title, criteria
)
select told.root, told.root_version, told.journey, told.kind, told.occurred_on, told.recorded_at, told.into_root,
    coalesce(told.detail, trait_on(told.root, told.qualified_by, told.occurred_on), 'unknown'),
    told.receiver, told.receiver_kinds, told.organisation, told.organisation_kinds, told.organisation_families,
    told.authorised, told.origin, coalesce(trait_on(told.root, 'department', told.occurred_on), 'unknown'),
    trait_on(told.root, 'birth_year', told.occurred_on)::smallint,
    coalesce(trait_on(told.root, 'title', told.occurred_on), 'unknown'),
    coalesce(trait_on(told.root, 'criteria', told.occurred_on), 'unknown')
from unnest(
    %b::text[], %b::integer[], %b::text[], %b::text[], %b::date[], %b::timestamptz[], %b::text[], %b::text[], %b::text[],
    %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::boolean[], %b::text[]
) as told (
    root, root_version, journey, kind, occurred_on, recorded_at, into_root, detail, qualified_by, receiver, receiver_kinds,
    organisation, organisation_kinds, organisation_families, authorised, origin
)
