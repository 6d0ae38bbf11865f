-- Whether the milestones have been told everything that was recorded by an instant.
select not exists (
    select from projection_position position join event using (partition)
    where position.projection = 'milestones' and not position.building and event."offset" > position."offset"
        and event.recorded_at <= %(as_of)s
)
