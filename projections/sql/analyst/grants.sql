grant usage on schema released to parcours_service;
grant select, insert, delete on all tables in schema released to parcours_service;

do $$
begin
    grant usage on schema analyst to parcours_analyst;
    grant select on all tables in schema analyst to parcours_analyst;
exception when undefined_object then
    null; -- there are no analysts yet
end $$;
