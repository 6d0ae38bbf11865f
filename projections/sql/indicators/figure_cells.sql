-- What a figure is made of, in three tables at once: how many rows share a standing and what qualifies it (days and company
-- are null), how many were followed for how many days (standing is null), and how many that count tell of each company.
-- Counted from the milestones; or, if something was prepared, of its cells, without the rows of the persons of whom it
-- no longer tells, and with their rows as they are now.
select month, modality, standing, detail, solutions, days, company, sum(entries)::bigint as entries,
    coalesce(sum(entries) filter (where reached), 0)::bigint as solved,
    coalesce(sum(entries) filter (where not reached), 0)::bigint as censored
from (
    select month, modality, standing, detail, solutions, days, reached, company, sum(sign) as entries
    from (
        select month, modality, standing, detail, solutions, days, reached, case when counted then company end as company,
            1 as sign
        from figure_row(
            %(source)s, %(first_day)s::date, %(last_day)s::date, %(on_day)s::date, %(known_at)s::timestamptz,
            %(terms)s::jsonb, %(dimension)s, %(persons)s::text[]
        )
        union all
        select month, case %(dimension)s when 'none' then 'all' else department end, standing, detail, solutions,
            case when open and days is not null then %(on_day)s::date - since else days end, reached, company, -1
        from prepared_row
        where build = %(build)s and person = any(%(persons)s::text[])
            and (month is null or month between %(first_day)s::date and %(last_day)s::date)
    ) as row
    group by grouping sets (
        (month, modality, standing, detail, solutions), (month, modality, days, reached), (month, modality, company)
    )
    having grouping(standing) = 0 or days is not null or company is not null
    union all
    select month, case %(dimension)s when 'none' then 'all' else department end, standing, detail, solutions,
        coalesce(%(on_day)s::date - open_since, days), reached, company, entries
    from prepared_cell
    where build = %(build)s and (month is null or month between %(first_day)s::date and %(last_day)s::date)
) as cell
group by month, modality, standing, detail, solutions, days, company
having sum(entries) <> 0
order by month, modality, standing, detail, solutions, days, company
