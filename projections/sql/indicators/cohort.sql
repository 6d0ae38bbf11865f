-- Three tables in one pass: how many entries share a standing and solutions, how many were followed for how many days
-- (standing is null), and how many that count tell of each company (which is null otherwise). Of rows that were prepared,
-- if there are any, and of the persons whom they do not tell of.
select month, modality, standing, solutions, days, company, count(*) as entries,
    count(*) filter (where followed and solved) as solved, count(*) filter (where followed and not solved) as censored
from (
    select month, modality, standing, solutions, days, solved,
        standing in ('with_solution', 'without_solution', 'immature') as followed,
        case when standing in ('with_solution', 'without_solution') then company end as company
    from cohort_dossier(
        %(first_day)s::date, %(last_day)s::date, %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb,
        %(dimension)s, %(persons)s::text[]
    )
    union all
    select month, case %(dimension)s when 'none' then 'all' else department end, standing, solutions,
        case when not reached and since + days = %(base_day)s::date then %(on_day)s::date - since else days end, reached,
        standing in ('with_solution', 'without_solution', 'immature'),
        case when standing in ('with_solution', 'without_solution') then company end
    from prepared_row
    where build = %(build)s and since between %(first_day)s::date and %(last_day)s::date
        and person <> all(%(persons)s::text[])
) as dossier
group by grouping sets ((month, modality, standing, solutions), (month, modality, days), (month, modality, company))
having grouping(company) = 1 or company is not null
