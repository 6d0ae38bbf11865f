-- The persons of whom anything may be known that was not when rows were prepared, at one instant or the other: whatever
-- happened to them since, was told late, or becomes true by the day alone. Too many of them do no harm.
with base as materialized (
    select * from prepared where build = %(build)s
),
changed as (
    select event.root
    from base
    cross join unnest(base.partitions, base.offsets) as told (partition, "offset")
    join event on event.partition = told.partition and event."offset" > told."offset"
    union
    select unnest(base.unsure) from base
    union
    select milestone.root
    from base join milestone on milestone.kind = any(%(kinds)s::text[])
        and milestone.occurred_on between base.on_day and %(on_day)s::date
    where base.on_day < %(on_day)s::date
    union
    select milestone.root
    from base join milestone on milestone.kind = any(%(kinds)s::text[])
        and milestone.occurred_on between base.on_day + %(ahead)s::integer and %(on_day)s::date + %(ahead)s::integer
    where base.on_day < %(on_day)s::date
    union
    select prepared_row.person
    from base join prepared_row on prepared_row.build = base.build and prepared_row.since
        between base.on_day - %(threshold)s::integer - 1 and %(on_day)s::date - %(threshold)s::integer + 1
    where base.on_day < %(on_day)s::date
),
root as materialized (
    select changed.root from changed
    union
    select milestone.into_root from changed join milestone using (root) where milestone.kind = 'merged'
)
select root.root from root
union
select merged.person from root cross join base join merged_into(base.known_at) merged on merged.root = root.root
union
select merged.person from root join merged_into(%(known_at)s::timestamptz) merged on merged.root = root.root
