-- Two tables in one pass: how many cases share a standing (days is null), and how many were followed for how many days
-- (standing is null).
select month, modality, standing, detail, days, count(*) as entries,
    count(*) filter (where followed and reached) as solved, count(*) filter (where followed and not reached) as censored
from (
    select *, standing = any(codes(%(terms)s::jsonb -> 'outcomes') || '{none,immature}') as followed
    from cohort_case(
        %(first_day)s::date, %(last_day)s::date, %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb,
        %(dimension)s
    )
) as dossier
group by grouping sets ((month, modality, standing, detail), (month, modality, days))
order by month, modality, standing, detail, days
