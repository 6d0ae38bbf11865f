select root, modality, standing, solutions, since, company
from stock_dossier(%(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, %(dimension)s)
order by root
