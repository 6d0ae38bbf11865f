insert into witness (root, root_version)
select * from unnest(%b::text[], %b::integer[])
