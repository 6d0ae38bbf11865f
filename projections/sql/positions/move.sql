update projection_position set "offset" = moved."offset"
from unnest(%(projections)b::text[], %(partitions)b::integer[], %(offsets)b::bigint[]) as moved (projection, partition, "offset")
where projection_position.projection = moved.projection
    and projection_position.partition = moved.partition
    and projection_position.building = %(building)s
