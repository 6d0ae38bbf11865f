-- The role of analysts, unless somebody else makes the roles of this server. Whoever logs in as it finds the views by
-- their names, writes nothing unless they ask to, and is stopped after a minute.
do $$
begin
    create role parcours_analyst nologin;
exception when duplicate_object or unique_violation or insufficient_privilege then
    null; -- it is shared by every database of the server
end $$;

do $$
begin
    if not pg_has_role(current_user, 'parcours_analyst', 'set') then
        execute format('grant parcours_analyst to %I', current_user);
    end if;
    if exists (select from pg_roles where rolname = 'parcours_analyst' and rolconfig is null) then
        alter role parcours_analyst set search_path = analyst;
        alter role parcours_analyst set default_transaction_read_only = on;
        alter role parcours_analyst set statement_timeout = '1min';
    end if;
exception when undefined_object or insufficient_privilege then
    null; -- the same
end $$;

-- Whoever may connect may otherwise make temporary tables.
do $$
begin
    execute format('revoke temporary on database %I from public', current_database());
exception when insufficient_privilege then
    null; -- somebody else's database
end $$;
