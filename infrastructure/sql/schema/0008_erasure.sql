-- What a person is found by again, given back when they are erased. What other systems call them is not: a message about
-- somebody who was erased must not make them anew. Neither is the number of a right, which is given once for ever.
create function release_person(in_root text) returns void language sql security definer as $$
    delete from public.claim where root = in_root and scope like 'candidate:%'
$$;

grant execute on function release_person to parcours_service;
