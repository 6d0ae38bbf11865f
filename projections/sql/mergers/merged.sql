insert into merged_into
select root, target from unnest(%b::text[], %b::text[]) as told (root, target)
