-- Numbers that are given once: the last one of each series. What was drawn and not used is lost, never given again.

create table number_series (
    series text collate "C" primary key,
    last   bigint not null check (last > 0)
);

create function draw_number(in_series text) returns bigint language sql security definer as $$
    insert into public.number_series as known values (in_series, 1)
    on conflict (series) do update set last = known.last + 1
    returning last
$$;

create function pass_number_over(in_series text, number bigint) returns void language sql security definer as $$
    insert into public.number_series as known values (in_series, number)
    on conflict (series) do update set last = greatest(known.last, excluded.last)
$$;

revoke insert, update, delete on number_series from parcours_service;

grant execute on function draw_number, pass_number_over to parcours_service;
