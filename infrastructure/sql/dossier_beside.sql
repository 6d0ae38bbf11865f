-- Everything that happened to a root, in order, then what happened to another one after a version (exclusive).
(
    select partition, "offset", root, root_version, journey, journey_version, name, data, metadata, occurred_at, recorded_at
    from event
    where partition = %b and root = %b
    order by root_version
)
union all
(
    select partition, "offset", root, root_version, journey, journey_version, name, data, metadata, occurred_at, recorded_at
    from event
    where partition = %b and root = %b and root_version > %b
    order by root_version
);
