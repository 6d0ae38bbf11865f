-- In one snapshot: every row of a figure by département, whatever the month, what they add up to, and how far the
-- milestones have come.
with made as materialized (
    select nextval('prepared_build') as build
),
row as materialized (
    select person, month, modality, standing, detail, solutions, since, days, reached, open,
        case when counted then company end as company
    from figure_row(
        %(source)s, '-infinity', 'infinity', %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, 'department'
    )
),
kept as (
    insert into prepared_row
    select made.build, row.* from made cross join row order by row.person
),
added as (
    insert into prepared_cell
    select made.build, cell.*
    from made cross join (
        select month, modality, standing, detail, solutions, days, open_since, reached, company, count(*) as entries
        from (
            select month, modality, standing, detail, solutions, reached, company,
                case when not open then days end as days, case when open and days is not null then since end as open_since
            from row
        ) as followed
        group by grouping sets (
            (month, modality, standing, detail, solutions), (month, modality, days, open_since, reached),
            (month, modality, company)
        )
        having grouping(standing) = 0 or days is not null or open_since is not null or company is not null
    ) as cell
    order by cell.month
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
