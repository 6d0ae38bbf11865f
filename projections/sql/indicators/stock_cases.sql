-- Of rows that were prepared, if there are any, and of the persons whom they do not tell of.
select modality, standing, count(*) as entries
from (
    select modality, standing
    from stock_case(
        %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, %(dimension)s, %(persons)s::text[]
    )
    union all
    select case %(dimension)s when 'none' then 'all' else department end, standing
    from prepared_row
    where build = %(build)s and person <> all(%(persons)s::text[])
) as opened
group by modality, standing
order by modality, standing
