-- In one snapshot: every row of a figure by département, whatever the month, and how far the milestones have come.
with made as materialized (
    select nextval('prepared_build') as build
),
row as (
    select person, month, modality, standing, detail, null::text[] as solutions, since, days, reached, company
    from cohort_case(
        '-infinity', 'infinity', %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, 'department'
    )
    where %(query)s = 'cohort_cases'
    union all
    select person, null, modality, standing, null, null, since, null, null, company
    from stock_case(%(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, 'department')
    where %(query)s = 'stock_cases'
    union all
    select person, month, modality, standing, detail, null, since, null, null, company
    from counted_fact(
        '-infinity', 'infinity', %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, 'department'
    )
    where %(query)s = 'counted_facts'
    union all
    select person, month, modality, standing, detail, null, since, null, null, company
    from attempt(
        '-infinity', 'infinity', %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, 'department'
    )
    where %(query)s = 'attempts'
    union all
    select person, month, modality, standing, null, solutions, since, days, solved, company
    from cohort_dossier(
        '-infinity', 'infinity', %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, 'department'
    )
    where %(query)s = 'cohort'
    union all
    select person, null, modality, standing, null, solutions, since, null, null, company
    from stock_dossier(%(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, 'department')
    where %(query)s = 'stock'
),
kept as (
    insert into prepared_row
    select made.build, row.* from made cross join row order by row.since
),
unsure as (
    select root from projection_parked where projection = 'milestones' and not building
    union
    select root from milestone where recorded_at > %(known_at)s::timestamptz or voided_at > %(known_at)s::timestamptz
),
reached as (
    select array_agg(partition) as partitions, array_agg("offset") as offsets
    from projection_position
    where projection = 'milestones' and not building
)
insert into prepared as known (subject, build, known_at, on_day, partitions, offsets, unsure)
select %(subject)s, made.build, %(known_at)s::timestamptz, %(on_day)s::date, reached.partitions, reached.offsets,
    array(select root from unsure)
from made cross join reached
on conflict (subject) do update
set build = excluded.build, known_at = excluded.known_at, on_day = excluded.on_day, partitions = excluded.partitions,
    offsets = excluded.offsets, unsure = excluded.unsure
