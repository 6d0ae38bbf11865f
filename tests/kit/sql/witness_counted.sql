insert into witness_count (root, events)
select * from unnest(%b::text[], %b::integer[])
on conflict (root) do update set events = witness_count.events + excluded.events
