-- Of rows that were prepared, if there are any, and of the persons whom they do not tell of.
select modality, standing, solutions, count(*) as persons
from (
    select modality, standing, solutions
    from stock_dossier(
        %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, %(dimension)s, %(persons)s::text[]
    )
    union all
    select case %(dimension)s when 'none' then 'all' else department end, standing, solutions
    from prepared_row
    where build = %(build)s and person <> all(%(persons)s::text[])
) as dossier
group by modality, standing, solutions
order by modality, standing, solutions
