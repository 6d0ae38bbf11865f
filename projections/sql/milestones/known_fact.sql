-- What was known, at an instant, to have happened by a day, to the persons who have a fact of some kinds in a period:
-- their standing milestones among other kinds, under the person's own root once merges are followed, in which
-- modality each is, and of which company it tells. If `persons` is given: of those persons instead, each once, whatever
-- they have.
-- A merge says who somebody is, whatever the day it happened; a hire is named after the application that led to it.
create function known_fact(
    first_day date, last_day date, on_day date, known_at timestamptz, entering text[], among text[], terms jsonb,
    dimension text, persons text[]
)
returns table (
    person text, root text, root_version integer, journey text, kind text, detail text, occurred_on date,
    recorded_at timestamptz, modality text, company text
)
language sql stable
as $$
    with same_person as materialized (
        select merged.root, merged.person from merged_into(known_at) merged
    ),
    concerned as (
        select distinct coalesce(same_person.person, m.root) as person
        from milestone m left join same_person on same_person.root = m.root
        where persons is null and m.kind = any(entering)
            and m.occurred_on between first_day and least(last_day, on_day)
            and m.recorded_at <= known_at and (m.voided_at is null or m.voided_at > known_at)
        union all
        select asked.person from unnest(persons) as asked (person)
        where not exists (select from same_person where same_person.root = asked.person)
    ),
    member as (
        select concerned.person, concerned.person as root from concerned
        union all
        select concerned.person, same_person.root from concerned join same_person using (person)
    ),
    fact as (
        select member.person, m.root, m.root_version, m.journey, m.kind, m.detail, m.occurred_on, m.recorded_at,
            m.voided_at, modality_of(m, terms, dimension) as modality, m.company
        from member join milestone m on m.root = member.root
        where persons is null and m.kind = any(among) and m.occurred_on <= on_day
        union all
        select member.person, of_root.*
        from member cross join lateral (
            select m.root, m.root_version, m.journey, m.kind, m.detail, m.occurred_on, m.recorded_at, m.voided_at,
                modality_of(m, terms, dimension), m.company
            from milestone m
            where m.root = member.root
            offset 0
        ) as of_root
        where persons is not null and of_root.kind = any(among) and of_root.occurred_on <= on_day
    )
    select fact.person, fact.root, fact.root_version, coalesce(part.whole, fact.journey), fact.kind, fact.detail,
        fact.occurred_on, fact.recorded_at, fact.modality, fact.company
    from fact left join journey_part part on part.root = fact.root and part.journey = fact.journey
    where fact.recorded_at <= known_at and (fact.voided_at is null or fact.voided_at > known_at)
$$;
