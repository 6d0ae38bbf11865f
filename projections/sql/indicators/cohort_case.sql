-- Where every case of a cohort stands, exactly once: `opposed`, a code of terms.excluded_by, `immature`, the code of
-- terms.outcomes that came first within the window, or `none`. A case is a journey (its hire included) or a person, by
-- terms.unit; it enters on its first fact of terms.entries, or from then on as if it had entered on its first fact of
-- terms.counted_from, unless an outcome came before that. The window counts both its bounds. With terms.elsewhere, no
-- outcome is of the journey that the case entered by.
-- `days` is the time to the outcome, or to the end of what was observed: `reached` then is false, and `open` says that
-- this was the last day, because nothing has ended it.
-- The company is that of the fact that the days are counted from.
create function cohort_case(
    first_day date, last_day date, on_day date, known_at timestamptz, terms jsonb, dimension text,
    persons text[] default null
)
returns table (
    root text, journey text, month date, modality text, standing text, detail text, since date, days integer,
    reached boolean, open boolean, company text, person text
)
language sql stable
as $$
    with fact as materialized (
        select f.*, case terms ->> 'unit' when 'person' then f.person else f.root || ' ' || f.journey end as subject,
            code_among(f.kind, f.detail, codes(terms -> 'entries')) as entering,
            code_among(f.kind, f.detail, codes(terms -> 'counted_from')) as counting,
            code_among(f.kind, f.detail, codes(terms -> 'outcomes')) as outcome,
            code_among(f.kind, f.detail, codes(terms -> 'excluded_by')) as excluding
        from known_fact(
            first_day, last_day, on_day, known_at, kinds(terms -> 'entries') || kinds(terms -> 'counted_from'),
            kinds(terms -> 'entries') || kinds(terms -> 'counted_from') || kinds(terms -> 'outcomes')
            || kinds(terms -> 'excluded_by') || codes(terms -> 'objections'),
            terms, dimension, persons
        ) f
    ),
    entered as materialized (
        select distinct on (fact.subject) fact.*
        from fact
        where fact.entering is not null
        order by fact.subject, fact.occurred_on, fact.root, fact.root_version
    ),
    counted as materialized (
        select distinct on (fact.subject) fact.*
        from entered join fact using (subject)
        where cardinality(codes(terms -> 'counted_from')) > 0 and fact.counting is not null and not exists (
            select from fact outcome
            where outcome.subject = fact.subject and outcome.outcome is not null
                and outcome.occurred_on >= entered.occurred_on and outcome.occurred_on < fact.occurred_on
        )
        order by fact.subject, fact.occurred_on, fact.root, fact.root_version
    ),
    entry as materialized (
        select begun.*, begun.occurred_on + (terms ->> 'window_days')::integer as until
        from (
            select entered.* from entered where entered.subject not in (select counted.subject from counted)
            union all
            select counted.* from counted
        ) begun
    ),
    decided as (
        select distinct on (fact.subject) fact.subject, fact.outcome, fact.detail, fact.occurred_on
        from entry join fact using (subject)
        where fact.outcome is not null and fact.occurred_on >= entry.occurred_on
            and not ((terms ->> 'elsewhere')::boolean and (fact.root, fact.journey) = (entry.root, entry.journey))
        order by fact.subject, fact.occurred_on, array_position(codes(terms -> 'outcomes'), fact.outcome), fact.detail
    ),
    left_out as (
        select distinct on (fact.subject) fact.subject, fact.excluding, fact.occurred_on
        from entry join fact using (subject)
        where cardinality(codes(terms -> 'excluded_by')) > 0 and fact.excluding is not null
            and fact.occurred_on >= entry.occurred_on
        order by fact.subject, fact.occurred_on, array_position(codes(terms -> 'excluded_by'), fact.excluding)
    ),
    followed as (
        select entry.*,
            entry.person in (select fact.person from fact where fact.kind = any(codes(terms -> 'objections'))) as objected,
            decided.outcome as found, decided.detail as found_detail, decided.occurred_on as found_on,
            left_out.excluding as left_by, left_out.occurred_on as left_on
        from entry
        left join decided on decided.subject = entry.subject
        left join left_out on left_out.subject = entry.subject
            and (decided.occurred_on is null or left_out.occurred_on < decided.occurred_on)
    )
    select followed.root, followed.journey, date_trunc('month', followed.occurred_on)::date,
        followed.modality,
        case
            when followed.objected then 'opposed'
            when followed.left_on <= followed.until then followed.left_by
            when followed.until > on_day then 'immature'
            when followed.found_on <= followed.until then followed.found
            else 'none'
        end,
        case when followed.found_on <= followed.until then followed.found_detail else 'unknown' end,
        followed.occurred_on,
        coalesce(followed.left_on, followed.found_on, on_day) - followed.occurred_on,
        followed.left_on is null and followed.found_on is not null
            and followed.found = any(codes(terms -> 'reached_by')),
        followed.left_on is null and followed.found_on is null,
        followed.company, followed.person
    from followed
    where followed.occurred_on between first_day and last_day
$$;
