-- The key of each root with personal texts, wrapped; apart from the record, so that it can be destroyed.

create schema keys;

-- Either a wrapped key, or the moment at which it was destroyed. What an update leaves behind is cleaned up soon.
create table keys.data_key (
    root         text collate "C" primary key,
    generation   smallint not null default 1 check (generation > 0),
    kek          text collate "C",
    wrapped      bytea,
    made_at      timestamptz not null default clock_timestamp(),
    destroyed_at timestamptz,
    check ((wrapped is null) = (destroyed_at is not null)),
    check ((wrapped is null) = (kek is null))
) with (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0);

create index data_key_by_kek on keys.data_key (kek, root) where kek is not null;

create function keys.refuse_to_revive() returns trigger language plpgsql as $$
begin
    raise exception 'a key that was destroyed stays so' using errcode = 'insufficient_privilege';
end $$;

create trigger destroyed_is_final before update or delete on keys.data_key
for each row when (old.destroyed_at is not null) execute function keys.refuse_to_revive();

grant usage on schema keys to parcours_service;
grant select, insert on keys.data_key to parcours_service;
grant update (kek, wrapped, destroyed_at) on keys.data_key to parcours_service;
