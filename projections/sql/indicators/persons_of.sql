-- Every root of the persons whom some roots are of, and which person each is of, as known at an instant.
with same_person as materialized (
    select merged.root, merged.person from merged_into(%(known_at)s::timestamptz) merged
),
person as (
    select distinct coalesce(same_person.person, asked.root) as person
    from unnest(%(roots)s::text[]) as asked (root)
    left join same_person on same_person.root = asked.root
)
select person.person as root, person.person from person
union all
select same_person.root, same_person.person from person join same_person using (person)
