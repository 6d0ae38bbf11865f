-- What a candidate's trait was on a day: the last value told for that day or before it; failing that, the first one told.
create function trait_on(of_root text, of_trait text, day date)
returns text
language sql stable
as $$
    select value
    from candidate_trait
    where root = of_root and trait = of_trait
    order by from_day <= day desc, case when from_day <= day then from_day end desc, from_day, root_version desc
    limit 1
$$;
