-- Two tables in one pass: how many persons share a standing, and how many that count tell of each company (which is null
-- otherwise). Of rows that were prepared, if there are any, and of the persons whom they do not tell of.
select modality, standing, solutions, company, count(*) as entries
from (
    select modality, standing, solutions,
        case when standing in ('with_solution', 'without_solution', 'waiting') then company end as company
    from stock_dossier(
        %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, %(dimension)s, %(persons)s::text[]
    )
    union all
    select case %(dimension)s when 'none' then 'all' else department end, standing, solutions,
        case when standing in ('with_solution', 'without_solution', 'waiting') then company end
    from prepared_row
    where build = %(build)s and person <> all(%(persons)s::text[])
) as dossier
group by grouping sets ((modality, standing, solutions), (modality, company))
having grouping(company) = 1 or company is not null
order by modality, standing, solutions
