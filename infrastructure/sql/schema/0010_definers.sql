-- What runs with the owner's rights finds nothing by a path that its caller has set.
do $$
declare
    definer regprocedure;
begin
    for definer in
        select oid::regprocedure from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
    loop
        execute format('alter function %s set search_path = pg_catalog, pg_temp', definer);
        execute format('revoke execute on function %s from public', definer);
    end loop;
end $$;
