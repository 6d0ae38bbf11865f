insert into absorbed
select root, source from unnest(%b::text[], %b::text[]) as told (root, source)
