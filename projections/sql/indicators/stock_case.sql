-- The cases that are open on a day, exactly once: `opposed`, `open`, or `counted` when they have been open for more than
-- terms.longer_than_days, when what ends them falls within the next terms.ending_within_days, or when the person has
-- nothing of terms.without that goes on.
-- A fact of terms.starts opens a case, one of terms.ends closes it from its day on; one may follow the other again.
create function stock_case(
    on_day date, known_at timestamptz, terms jsonb, dimension text, persons text[] default null
)
returns table (root text, journey text, modality text, standing text, since date, company text, person text)
language sql stable
as $$
    with fact as materialized (
        select f.*, f.root || ' ' || f.journey as subject,
            code_among(f.kind, f.detail, codes(terms -> 'ends')) is not null as closes,
            code_among(f.kind, f.detail, codes(terms -> 'starts')) is not null as opens
        from known_fact(
            '-infinity', on_day, on_day + coalesce((terms ->> 'ending_within_days')::integer, 0), known_at,
            kinds(terms -> 'starts'),
            kinds(terms -> 'starts') || kinds(terms -> 'ends') || codes(terms -> 'objections')
            || kinds(terms -> 'without') || kinds(terms -> 'without_ends'),
            terms, dimension, persons
        ) f
    ),
    going_on as (
        select distinct begun.person
        from fact begun
        where code_among(begun.kind, begun.detail, codes(terms -> 'without')) is not null and begun.occurred_on <= on_day
            and not exists (
                select from fact ended
                where ended.subject = begun.subject and ended.occurred_on >= begun.occurred_on
                    and ended.occurred_on < on_day
                    and code_among(ended.kind, ended.detail, codes(terms -> 'without_ends')) is not null
            )
    ),
    closed as (
        select distinct on (fact.subject) fact.subject, fact.occurred_on, fact.root_version
        from fact
        where fact.closes and fact.occurred_on <= on_day
        order by fact.subject, fact.occurred_on desc, fact.root_version desc
    ),
    closing as (
        select fact.subject, min(fact.occurred_on) as next_on
        from fact
        where fact.closes and fact.occurred_on > on_day
        group by fact.subject
    ),
    opened as (
        select distinct on (fact.subject) fact.*, closing.next_on
        from fact
        left join closed on closed.subject = fact.subject
        left join closing on closing.subject = fact.subject
        where fact.opens and fact.occurred_on <= on_day
            and (closed.subject is null or (fact.occurred_on, fact.root_version) > (closed.occurred_on, closed.root_version))
        order by fact.subject, fact.occurred_on, fact.root_version
    )
    select opened.root, opened.journey, opened.modality,
        case
            when opened.person in (
                select fact.person from fact
                where fact.kind = any(codes(terms -> 'objections')) and fact.occurred_on <= on_day
            ) then 'opposed'
            when on_day - opened.occurred_on > (terms ->> 'longer_than_days')::integer
                or opened.next_on <= on_day + (terms ->> 'ending_within_days')::integer
                or cardinality(codes(terms -> 'without')) > 0
                and opened.person not in (select going_on.person from going_on) then 'counted'
            else 'open'
        end,
        opened.occurred_on, opened.company, opened.person
    from opened
$$;
