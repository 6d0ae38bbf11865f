insert into projection_parked (projection, building, partition, root, root_version, "offset", error, place)
values (%s, %s, %s, %s, %s, %s, %s, %s)
on conflict do nothing
