-- By hand, over the same table: applications without a decision on a day by département, and those older than 30 days.
with person as materialized (
    select root, into_root as person from milestone
    where kind = 'merged' and recorded_at <= %(at)s and (voided_at is null or voided_at > %(at)s)
),
opposed as materialized (
    select distinct coalesce(person.person, m.root) as person
    from milestone m left join person using (root)
    where m.kind = 'opposed' and m.occurred_on <= %(day)s and m.recorded_at <= %(at)s
        and (m.voided_at is null or m.voided_at > %(at)s)
),
opened as (
    select distinct on (root, journey) root, journey, kind, occurred_on, department
    from milestone
    where kind in ('application_submitted', 'hire_accepted', 'application_refused', 'application_obsolete')
        and occurred_on <= %(day)s and recorded_at <= %(at)s and (voided_at is null or voided_at > %(at)s)
    order by root, journey, occurred_on desc, root_version desc
)
select null::date, opened.department,
    case
        when coalesce(person.person, opened.root) in (select opposed.person from opposed) then 'opposed'
        when %(day)s - opened.occurred_on > 30 then 'counted'
        else 'open'
    end,
    'unknown', null::text[], null::integer, count(*), 0, 0
from opened left join person using (root)
where opened.kind = 'application_submitted'
group by 2, 3
