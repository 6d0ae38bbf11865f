-- By hand, over the same table: what became of the applications of a period within 60 days, by month and département,
-- and how long they were followed.
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
sent as (
    select distinct on (m.root, m.journey) m.root, m.journey, m.occurred_on, m.department
    from milestone m
    where m.kind = 'application_submitted' and m.occurred_on between %(first)s and %(last)s and m.occurred_on <= %(day)s
        and m.recorded_at <= %(at)s and (m.voided_at is null or m.voided_at > %(at)s)
    order by m.root, m.journey, m.occurred_on, m.root_version
),
decided as (
    select distinct on (m.root, m.journey) m.root, m.journey, m.kind, m.detail, m.occurred_on
    from milestone m
    where m.kind in ('hire_accepted', 'application_refused') and m.occurred_on >= %(first)s
        and m.occurred_on <= %(day)s and m.recorded_at <= %(at)s and (m.voided_at is null or m.voided_at > %(at)s)
    order by m.root, m.journey, m.occurred_on, m.kind = 'hire_accepted' desc, m.detail = 'auto' desc, m.detail
),
obsolete as (
    select m.root, m.journey, min(m.occurred_on) as occurred_on
    from milestone m
    where m.kind = 'application_obsolete' and m.occurred_on >= %(first)s
        and m.occurred_on <= %(day)s and m.recorded_at <= %(at)s and (m.voided_at is null or m.voided_at > %(at)s)
    group by 1, 2
),
followed as (
    select date_trunc('month', sent.occurred_on)::date as month, sent.department,
        case
            when coalesce(person.person, sent.root) in (select opposed.person from opposed) then 'opposed'
            when obsolete.occurred_on <= sent.occurred_on + 60 then 'application_obsolete'
            when sent.occurred_on + 60 > %(day)s then 'immature'
            when decided.occurred_on <= sent.occurred_on + 60 then
                case when decided.kind = 'application_refused' and decided.detail = 'auto' then 'application_refused:auto'
                    else decided.kind end
            else 'none'
        end as standing,
        case when decided.occurred_on <= sent.occurred_on + 60 then decided.detail else 'unknown' end as detail,
        coalesce(obsolete.occurred_on, decided.occurred_on, %(day)s) - sent.occurred_on as days,
        obsolete.occurred_on is null and decided.kind = 'hire_accepted' as reached
    from sent
    left join person on person.root = sent.root
    left join decided on decided.root = sent.root and decided.journey = sent.journey
        and decided.occurred_on >= sent.occurred_on
    left join obsolete on obsolete.root = sent.root and obsolete.journey = sent.journey
        and obsolete.occurred_on >= sent.occurred_on
        and (decided.occurred_on is null or obsolete.occurred_on < decided.occurred_on)
)
select month, department, standing, detail, null::text[], days, count(*),
    case when grouping(days) = 0 then count(*) filter (where reached) else 0 end,
    case when grouping(days) = 0 then count(*) filter (where reached is not true) else 0 end
from (
    select month, department, standing, detail, reached,
        case when standing not in ('opposed', 'application_obsolete') then days end as days
    from followed
) as observed
group by grouping sets ((month, department, standing, detail), (month, department, days))
having grouping(days) = 1 or days is not null
