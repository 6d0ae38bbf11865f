select root, modality, standing, solutions, since, company
from cohort_dossier(
    %(first_day)s::date, %(last_day)s::date, %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb, %(dimension)s
)
order by root, since
