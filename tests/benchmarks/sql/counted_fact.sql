-- By hand, over the same table: hires accepted in a period by month and département, and by whose diagnosis.
with person as materialized (
    select root, into_root as person from milestone
    where kind = 'merged' and recorded_at <= %(at)s and (voided_at is null or voided_at > %(at)s)
),
opposed as materialized (
    select distinct coalesce(person.person, m.root) as person
    from milestone m left join person using (root)
    where m.kind = 'opposed' and m.occurred_on <= %(day)s and m.recorded_at <= %(at)s
        and (m.voided_at is null or m.voided_at > %(at)s)
)
select date_trunc('month', m.occurred_on)::date as month, m.department,
    case when coalesce(person.person, m.root) in (select opposed.person from opposed) then 'opposed' else m.kind end,
    m.detail, null::text[], null::integer, count(*), 0, 0
from milestone m left join person using (root)
where m.kind = 'hire_accepted' and m.occurred_on between %(first)s and %(last)s and m.occurred_on <= %(day)s
    and m.recorded_at <= %(at)s and (m.voided_at is null or m.voided_at > %(at)s)
group by 1, 2, 3, 4
