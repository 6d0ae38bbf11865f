-- Two tables in one pass: how many entries share a standing and solutions (days is null), and how many were followed for
-- how many days (standing is null).
select month, modality, standing, solutions, days, count(*) as entries,
    count(*) filter (where followed and solved) as solved, count(*) filter (where followed and not solved) as censored
from (
    select *, standing in ('with_solution', 'without_solution', 'immature') as followed
    from cohort_dossier(
        %(first_day)s::date, %(last_day)s::date, %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb,
        %(dimension)s
    )
) as dossier
group by grouping sets ((month, modality, standing, solutions), (month, modality, days))
order by month, modality, standing, solutions, days
