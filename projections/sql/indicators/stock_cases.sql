select modality, standing, count(*) as entries
from stock_case(%(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, %(dimension)s)
group by modality, standing
order by modality, standing
