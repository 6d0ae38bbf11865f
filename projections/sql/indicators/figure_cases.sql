-- Every row that a figure is counted from; of some persons alone if they are given.
select root, journey, modality, standing, detail, solutions, since, company
from figure_row(
    %(source)s, %(first_day)s::date, %(last_day)s::date, %(on_day)s::date, %(known_at)s::timestamptz, %(terms)s::jsonb,
    %(dimension)s, %(persons)s::text[]
)
order by since, root, journey
