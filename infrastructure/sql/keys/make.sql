-- Give a root its key, unless it has one or had one.
insert into keys.data_key (root, kek, wrapped)
values (%b, %b, %b)
on conflict (root) do nothing;
