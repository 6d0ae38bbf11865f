-- Whether the milestones, as this version tells them, have been told everything that was recorded by an instant.
select not exists (
    select from projection_position position
    where position.projection = 'milestones' and not position.building and (
        position.version <> %(version)s
        or exists (
            select from event
            where event.partition = position.partition and event."offset" > position."offset"
                and event.recorded_at <= %(as_of)s
        )
    )
)
