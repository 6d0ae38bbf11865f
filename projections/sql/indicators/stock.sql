select modality, standing, solutions, count(*) as persons
from stock_dossier(%(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, %(dimension)s)
group by modality, standing, solutions
order by modality, standing, solutions
