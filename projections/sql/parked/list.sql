select projection, root, partition, root_version, "offset", error, place, parked_at from projection_parked
where not building
order by parked_at, projection, root
limit %s
