select root, journey, modality, standing, 'unknown' as detail, since, company
from stock_case(%(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, %(dimension)s)
order by since, root, journey
