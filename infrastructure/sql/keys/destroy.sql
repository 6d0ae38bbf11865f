-- Remove the key of a root for ever, and say when; a root without a key can then never have one.
insert into keys.data_key as own (root, destroyed_at)
values (%b, clock_timestamp())
on conflict (root) do update
set kek = null, wrapped = null, destroyed_at = excluded.destroyed_at
where own.destroyed_at is null;
