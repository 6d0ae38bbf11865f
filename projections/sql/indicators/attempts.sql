select month, modality, standing, detail, count(*) as entries
from attempt(
    %(first_day)s::date, %(last_day)s::date, %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, %(dimension)s
)
group by month, modality, standing, detail
order by month, modality, standing, detail
