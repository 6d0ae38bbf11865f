-- What was known, at an instant, to have happened by a day, to the persons who have a fact of some kinds in a period:
-- their standing milestones among other kinds, under the person's own root once merges are followed.
-- A merge says who somebody is, whatever the day it happened; a hire is named after the application that led to it.
create function known_fact(
    first_day date, last_day date, on_day date, known_at timestamptz, entering text[], among text[]
)
returns table (
    person text, root text, root_version integer, journey text, kind text, detail text, occurred_on date
)
language sql stable
as $$
    with same_person as materialized (
        select merged.root, merged.person from merged_into(known_at) merged
    ),
    concerned as (
        select distinct coalesce(same_person.person, m.root) as person
        from milestone m left join same_person on same_person.root = m.root
        where m.kind = any(entering) and m.occurred_on between first_day and least(last_day, on_day)
            and m.recorded_at <= known_at and (m.voided_at is null or m.voided_at > known_at)
    ),
    member as (
        select concerned.person, concerned.person as root from concerned
        union all
        select concerned.person, same_person.root from concerned join same_person using (person)
    )
    select member.person, m.root, m.root_version, coalesce(part.whole, m.journey), m.kind, m.detail,
        m.occurred_on
    from member join milestone m on m.root = member.root
    left join journey_part part on part.root = m.root and part.journey = m.journey
    where m.kind = any(among) and m.occurred_on <= on_day
        and m.recorded_at <= known_at and (m.voided_at is null or m.voided_at > known_at)
$$;
