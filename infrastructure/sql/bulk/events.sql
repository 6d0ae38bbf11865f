copy event (
    partition, "offset", root, root_version, journey, journey_version, name, data, metadata, occurred_at, recorded_at
) from stdin
