-- What the same journey had said holds after all: on the same day, but known only from now on.
insert into milestone (
    root, root_version, journey, kind, occurred_on, recorded_at, into_root, detail, receiver, receiver_kinds,
    organisation, organisation_kinds, organisation_families, authorised, origin, company, department,
    birth_year, title, criteria
)
select distinct on (told.root, told.root_version) told.root, told.root_version, m.journey, m.kind, m.occurred_on,
    told.recorded_at, m.into_root, m.detail, m.receiver, m.receiver_kinds, m.organisation, m.organisation_kinds,
    m.organisation_families, m.authorised, m.origin, m.company, m.department, m.birth_year, m.title, m.criteria
from unnest(%b::text[], %b::integer[], %b::text[], %b::text[], %b::timestamptz[])
    as told (root, root_version, journey, kind, recorded_at)
join milestone m on m.root = told.root and m.journey = told.journey and m.kind = told.kind
where m.voided_at is not null
order by told.root, told.root_version, m.root_version desc
