-- A letter that is there already is sent once more only where it is asked for again.
insert into webhook_letter (subscription, root, root_version, partition, "offset", due)
select * from unnest(%s::text[], %s::text[], %s::integer[], %s::integer[], %s::bigint[], %s::timestamptz[])
on conflict (subscription, root, root_version) do nothing
