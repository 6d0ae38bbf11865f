-- A list of codes of a definition, as an array.
create function codes(listed jsonb)
returns text[]
language sql immutable
as $$
    select coalesce(array_agg(code order by place), '{}')
    from jsonb_array_elements_text(listed) with ordinality as listed_code (code, place)
$$;
