insert into candidate_trait (root, root_version, trait, from_day, value)
select * from unnest(%b::text[], %b::integer[], %b::text[], %b::date[], %b::text[])
