-- The embedded server's logins; its socket is open to its own user only.
do $$
begin
    perform pg_advisory_xact_lock(7253, 2);
    if not exists (select from pg_roles where rolname = 'parcours') then
        create role parcours login createrole;
    end if;
    if not exists (select from pg_roles where rolname = 'parcours_service') then
        create role parcours_service login;
    end if;
    if not exists (select from pg_roles where rolname = 'parcours_analyst') then
        create role parcours_analyst login;
        grant parcours_analyst to parcours with admin option;
    end if;
    alter role parcours_service login;
    alter role parcours_analyst login;
end $$;
