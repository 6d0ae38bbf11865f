-- The facts of terms.counted and terms.beside in a period, each once, with the code that names it; or, with
-- terms.late_after_days, `late` or `in_time` by when it was recorded. `opposed` where the person objects.
create function counted_fact(
    first_day date, last_day date, on_day date, known_at timestamptz, terms jsonb, dimension text,
    persons text[] default null
)
returns table (
    root text, journey text, month date, modality text, standing text, detail text, since date, company text, person text
)
language sql stable
as $$
    with fact as materialized (
        select f.*, code_among(f.kind, f.detail, codes(terms -> 'counted') || codes(terms -> 'beside')) as code
        from known_fact(
            first_day, last_day, on_day, known_at, kinds(terms -> 'counted') || kinds(terms -> 'beside'),
            kinds(terms -> 'counted') || kinds(terms -> 'beside') || codes(terms -> 'objections'),
            terms, dimension, persons
        ) f
    )
    select fact.root, fact.journey, date_trunc('month', fact.occurred_on)::date, fact.modality,
        case
            when fact.person in (
                select objection.person from fact objection where objection.kind = any(codes(terms -> 'objections'))
            ) then 'opposed'
            when (fact.recorded_at at time zone 'Europe/Paris')::date - fact.occurred_on
                > (terms ->> 'late_after_days')::integer then 'late'
            when terms ->> 'late_after_days' is not null then 'in_time'
            else fact.code
        end,
        fact.detail, fact.occurred_on, fact.company, fact.person
    from fact
    where fact.code is not null and fact.occurred_on between first_day and last_day
$$;
