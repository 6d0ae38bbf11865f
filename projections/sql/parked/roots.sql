select projection, root from projection_parked
where building = %(building)s and projection = any(%(projections)b::text[]) and partition = any(%(partitions)b::integer[])
