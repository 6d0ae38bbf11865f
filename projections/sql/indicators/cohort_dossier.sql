-- Where every entry of a cohort stands, exactly once: an exclusion, `immature`, `with_solution` or `without_solution`.
-- The window counts both its bounds: the last day, entered_on + window_days, is in time, and on it the entry is mature.
-- `days` is the time to the first solution, or to the end of what was observed: `solved` then is false, and `open` says
-- that this was the last day, because nothing has ended it.
create function cohort_dossier(
    first_day date, last_day date, on_day date, known_at timestamptz, terms jsonb, dimension text,
    persons text[] default null
)
returns table (
    root text, month date, modality text, standing text, solutions text[], since date, days integer, solved boolean, open boolean,
    company text, person text
)
language sql stable
as $$
    select entry.root, date_trunc('month', entry.entered_on)::date, entry.modality,
        case
            when not entry.kept then 'merged'
            when entry.objection is not null then entry.objection
            when entry.ended_on <= entry.entered_on + (terms ->> 'window_days')::integer then entry.ended_by
            when entry.entered_on + (terms ->> 'window_days')::integer > on_day then 'immature'
            when entry.found = '{}' then 'without_solution'
            else 'with_solution'
        end,
        entry.found, entry.entered_on,
        coalesce(entry.solved_on, entry.ended_on, on_day) - entry.entered_on, entry.solved_on is not null,
        entry.solved_on is null and entry.ended_on is null,
        entry.company, entry.person
    from entry_outcome(first_day, last_day, on_day, known_at, terms, dimension, persons) entry
$$;
