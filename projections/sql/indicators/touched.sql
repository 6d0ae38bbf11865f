-- The persons of whom anything may be known that was not when rows were prepared, at one instant or the other: whatever
-- happened to them since, was told late, or becomes true by the day alone; and whoever these are merged into, at any
-- instant. Too many of them do no harm.
with recursive base as materialized (
    select * from prepared where build = %(build)s
),
root as (
    select changed.root
    from (
        select event.root
        from base
        cross join unnest(base.partitions, base.offsets) as told (partition, "offset")
        join event on event.partition = told.partition and event."offset" > told."offset"
        union all
        select unnest(base.unsure) from base
        union all
        select milestone.root
        from base join milestone on milestone.kind = any(%(kinds)s::text[])
            and milestone.occurred_on between base.on_day + 1 - %(behind)s::integer and %(on_day)s::date
        where base.on_day < %(on_day)s::date
        union all
        select milestone.root
        from base join milestone on milestone.kind = any(%(kinds)s::text[])
            and milestone.occurred_on between base.on_day + 1 + %(ahead)s::integer
                and %(on_day)s::date + %(ahead)s::integer
        where base.on_day < %(on_day)s::date and %(ahead)s::integer > 0
        union all
        select milestone.root
        from base join milestone on milestone.kind = any(%(waiting)s::text[])
            and milestone.occurred_on between base.on_day - %(threshold)s::integer
                and %(on_day)s::date - %(threshold)s::integer
        where base.on_day < %(on_day)s::date
    ) as changed
    union
    select milestone.into_root
    from root join milestone on milestone.root = root.root
    where milestone.kind = 'merged'
)
select root from root
