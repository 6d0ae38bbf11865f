-- Of rows that were prepared, if there are any, and of the persons whom they do not tell of.
select month, modality, standing, detail, count(*) as entries
from (
    select month, modality, standing, detail
    from attempt(
        %(first_day)s::date, %(last_day)s::date, %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb,
        %(dimension)s, %(persons)s::text[]
    )
    union all
    select month, case %(dimension)s when 'none' then 'all' else department end, standing, detail
    from prepared_row
    where build = %(build)s and since between %(first_day)s::date and %(last_day)s::date
        and person <> all(%(persons)s::text[])
) as success
group by month, modality, standing, detail
order by month, modality, standing, detail
