insert into retention (organisation, months)
select told.root, told.months from unnest(%b::text[], %b::smallint[]) as told (root, months)
on conflict (organisation) do nothing
