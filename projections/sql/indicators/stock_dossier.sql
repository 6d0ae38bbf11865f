-- Where every person stands on a day, exactly once, by their latest path: the fact that ended it, `with_solution`,
-- `waiting` (no solution for window_days or fewer) or `without_solution` (for longer).
create function stock_dossier(
    on_day date, known_at timestamptz, terms jsonb, dimension text, persons text[] default null
)
returns table (root text, modality text, standing text, solutions text[], since date, company text, person text)
language sql stable
as $$
    select distinct on (entry.person) entry.root, entry.modality,
        case
            when entry.objection is not null then entry.objection
            when entry.ended_on is not null then entry.ended_by
            when entry.holding <> '{}' then 'with_solution'
            when on_day - entry.without_since > (terms ->> 'window_days')::integer then 'without_solution'
            else 'waiting'
        end,
        entry.holding, entry.without_since, entry.company, entry.person
    from entry_outcome('-infinity', on_day, on_day, known_at, terms, dimension, persons) entry
    where entry.kept
    order by entry.person, entry.entered_on desc
$$;
