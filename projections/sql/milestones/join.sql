insert into journey_part (root, journey, whole)
select * from unnest(%b::text[], %b::text[], %b::text[])
on conflict (root, journey) do nothing
