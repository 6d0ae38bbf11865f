-- The kinds of the facts that a definition's list of codes names, each once.
create function kinds(listed jsonb)
returns text[]
language sql immutable
as $$
    select coalesce(array_agg(distinct split_part(code, ':', 1)), '{}') from jsonb_array_elements_text(listed) as code
$$;
