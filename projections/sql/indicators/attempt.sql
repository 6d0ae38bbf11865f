-- The persons who succeeded (terms.until) for the first time in a period, each once, by how many of their cases tried
-- (terms.tried) up to that day: a code of terms.bands. `opposed` where the person objects.
create function attempt(
    first_day date, last_day date, on_day date, known_at timestamptz, terms jsonb, dimension text,
    persons text[] default null
)
returns table (
    root text, journey text, month date, modality text, standing text, detail text, since date, company text, person text
)
language sql stable
as $$
    with fact as materialized (
        select f.*, code_among(f.kind, f.detail, codes(terms -> 'tried')) is not null as tried,
            code_among(f.kind, f.detail, codes(terms -> 'until')) is not null as succeeded
        from known_fact(
            first_day, last_day, on_day, known_at, kinds(terms -> 'until'),
            kinds(terms -> 'until') || kinds(terms -> 'tried') || codes(terms -> 'objections'),
            terms, dimension, persons
        ) f
    ),
    success as (
        select distinct on (fact.person) fact.*
        from fact
        where fact.succeeded
        order by fact.person, fact.occurred_on, fact.root, fact.root_version
    ),
    counted as (
        select success.person, count(distinct fact.root || ' ' || fact.journey) filter (
            where fact.tried and fact.occurred_on <= success.occurred_on
        ) as attempts,
            bool_or(fact.kind = any(codes(terms -> 'objections'))) as objected
        from success join fact using (person)
        group by success.person
    )
    select success.root, success.journey, date_trunc('month', success.occurred_on)::date,
        success.modality,
        case
            when counted.objected then 'opposed'
            else terms -> 'bands' ->> (
                select count(*)::integer from jsonb_array_elements_text(terms -> 'bounds') bound
                where bound::integer <= counted.attempts
            )
        end,
        'unknown', success.occurred_on, success.company, success.person
    from success
    join counted using (person)
    where success.occurred_on between first_day and last_day
$$;
