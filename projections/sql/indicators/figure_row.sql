-- The rows that a figure is counted from, in one form whatever they are made by (`source`, the function of that name):
-- whose they are, in which month (null for a stock) and modality, where each stands, what qualifies that, whether the
-- result counts it, and the company that it tells of.
-- `days`: for how long it was followed until the outcome (`reached`), until something else ended that, or until the last
-- day (`open`); null if it is not followed.
create function figure_row(
    source text, first_day date, last_day date, on_day date, known_at timestamptz, terms jsonb, dimension text,
    persons text[] default null
)
returns table (
    person text, root text, journey text, month date, modality text, standing text, detail text, solutions text[],
    since date, days integer, reached boolean, open boolean, counted boolean, company text
)
language sql stable
as $$
    select f.person, f.root, 'candidate', f.month, f.modality, f.standing, null::text, f.solutions, f.since,
        case when f.standing in ('with_solution', 'without_solution', 'immature') then f.days end, f.solved, f.open,
        f.standing in ('with_solution', 'without_solution'), f.company
    from cohort_dossier(first_day, last_day, on_day, known_at, terms, dimension, persons) f
    where source = 'cohort_dossier'
    union all
    select f.person, f.root, 'candidate', null, f.modality, f.standing, null, f.solutions, f.since, null, null, null,
        f.standing in ('with_solution', 'without_solution', 'waiting'), f.company
    from stock_dossier(on_day, known_at, terms, dimension, persons) f
    where source = 'stock_dossier'
    union all
    select f.person, f.root, f.journey, f.month, f.modality, f.standing, f.detail, null, f.since,
        case when f.standing = any(codes(terms -> 'outcomes') || '{none,immature}') then f.days end, f.reached, f.open,
        f.standing = any(codes(terms -> 'denominator')), f.company
    from cohort_case(first_day, last_day, on_day, known_at, terms, dimension, persons) f
    where source = 'cohort_case'
    union all
    select f.person, f.root, f.journey, null, f.modality, f.standing, 'unknown', null, f.since, null, null, null,
        f.standing <> 'opposed', f.company
    from stock_case(on_day, known_at, terms, dimension, persons) f
    where source = 'stock_case'
    union all
    select f.person, f.root, f.journey, f.month, f.modality, f.standing, f.detail, null, f.since, null, null, null,
        f.standing = any(codes(terms -> 'counted') || '{in_time,late}'), f.company
    from counted_fact(first_day, last_day, on_day, known_at, terms, dimension, persons) f
    where source = 'counted_fact'
    union all
    select f.person, f.root, f.journey, f.month, f.modality, f.standing, f.detail, null, f.since, null, null, null,
        f.standing <> 'opposed', f.company
    from attempt(first_day, last_day, on_day, known_at, terms, dimension, persons) f
    where source = 'attempt'
$$;
