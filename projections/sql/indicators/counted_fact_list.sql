select root, journey, modality, standing, detail, since, company
from counted_fact(
    %(first_day)s::date, %(last_day)s::date, %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, %(dimension)s
)
order by since, root, journey
