-- What happened, with what was known of the person for that day. A trait was, on a day, the last value told for that day
-- or before it; failing that, the first one told. The company is the one that the journey is with, else the one that acted.
insert into milestone (
    root, root_version, journey, kind, occurred_on, recorded_at, into_root, detail, receiver, receiver_kinds,
    organisation, organisation_kinds, organisation_families, authorised, origin, company, department,
    birth_year, title, criteria
)
select told.root, told.root_version, told.journey, told.kind, told.occurred_on, told.recorded_at, told.into_root,
    coalesce(told.detail, known.qualified, 'unknown'), told.receiver, told.receiver_kinds, told.organisation,
    told.organisation_kinds, told.organisation_families, told.authorised, told.origin,
    coalesce(known.company, told.company), coalesce(known.department, 'unknown'), known.birth_year::smallint,
    coalesce(known.title, 'unknown'), coalesce(known.criteria, 'unknown')
from unnest(
    %b::text[], %b::integer[], %b::text[], %b::text[], %b::date[], %b::timestamptz[], %b::text[], %b::text[], %b::text[],
    %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::boolean[], %b::text[], %b::text[]
) as told (
    root, root_version, journey, kind, occurred_on, recorded_at, into_root, detail, qualified_by, receiver, receiver_kinds,
    organisation, organisation_kinds, organisation_families, authorised, origin, company
)
cross join lateral (
    select max(value) filter (where trait = told.qualified_by) as qualified,
        max(value) filter (where trait = 'company/' || told.journey) as company,
        max(value) filter (where trait = 'department') as department,
        max(value) filter (where trait = 'birth_year') as birth_year, max(value) filter (where trait = 'title') as title,
        max(value) filter (where trait = 'criteria') as criteria
    from (
        select distinct on (each.trait) each.trait, each.value
        from candidate_trait each
        where each.root = told.root
        order by each.trait, each.from_day <= told.occurred_on desc,
            case when each.from_day <= told.occurred_on then each.from_day end desc, each.from_day, each.root_version desc
    ) as latest
) as known
