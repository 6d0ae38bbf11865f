-- How a list names a fact: by its kind and what qualifies it (`application_refused:auto`), else by its kind; null if it does not.
create function code_among(kind text, detail text, listed text[])
returns text
language sql immutable
as $$
    select case when kind || ':' || detail = any(listed) then kind || ':' || detail when kind = any(listed) then kind end
$$;
