-- Two tables in one pass: how many persons share a standing, and how many that count tell of each company (which is null
-- otherwise). Of rows that were prepared, if there are any, and of the persons whom they do not tell of.
select month, modality, standing, detail, company, count(*) as entries
from (
    select month, modality, standing, detail, case when standing <> 'opposed' then company end as company
    from attempt(
        %(first_day)s::date, %(last_day)s::date, %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb,
        %(dimension)s, %(persons)s::text[]
    )
    union all
    select month, case %(dimension)s when 'none' then 'all' else department end, standing, detail,
        case when standing <> 'opposed' then company end
    from prepared_row
    where build = %(build)s and since between %(first_day)s::date and %(last_day)s::date
        and person <> all(%(persons)s::text[])
) as success
group by grouping sets ((month, modality, standing, detail), (month, modality, company))
having grouping(company) = 1 or company is not null
order by month, modality, standing, detail
