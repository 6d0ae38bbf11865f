-- The record: one logical log, cut into partitions whose number is fixed here for ever (`parcours.partitions`).

do $$
begin
    create role parcours_service nologin;
exception when duplicate_object or unique_violation then
    null; -- it is shared by every database of the server
end $$;

do $$
begin
    if not pg_has_role(current_user, 'parcours_service', 'set') then
        execute format('grant parcours_service to %I', current_user);
    end if;
exception when insufficient_privilege then
    null; -- somebody else's role: the service then connects with a login of its own
end $$;

-- What later migrations create, the service reads and writes; the record itself takes that back below.
grant usage on schema public to parcours_service;
alter default privileges in schema public grant select, insert, update, delete on tables to parcours_service;
alter default privileges in schema public grant usage on sequences to parcours_service;
alter default privileges revoke execute on functions from public;

-- Versions count from 1; the library's own (`recorder.py`) may begin at 0.
create table event (
    partition       integer not null,
    "offset"        bigint not null,
    root            text collate "C" not null,
    root_version    integer not null check (root_version >= 0),
    journey         text collate "C" not null,
    journey_version integer not null check (journey_version >= 0),
    name            text collate "C" not null,
    data            jsonb not null,
    metadata        jsonb not null,
    occurred_at     timestamptz not null,
    recorded_at     timestamptz not null,
    primary key (partition, root, root_version),
    unique (partition, "offset")
);

-- Where each partition's log ends. Small pages stay half empty so that taking offsets never touches an index.
create table head (
    partition integer primary key,
    "offset"  bigint not null default 0
) with (fillfactor = 10);

insert into head (partition)
select partition from generate_series(0, current_setting('parcours.partitions')::integer - 1) as partition;

-- Who is the only holder of something, such as a NIR in a département.
create table claim (
    scope  text collate "C" not null,
    kind   text collate "C" not null,
    digest text collate "C" not null,
    root   text collate "C" not null,
    primary key (scope, kind, digest)
);

revoke insert, update, delete on event, head, claim from parcours_service;

create function refuse_to_rewrite() returns trigger language plpgsql as $$
begin
    raise exception 'the record is never rewritten' using errcode = 'insufficient_privilege';
end $$;

create trigger event_is_never_rewritten
before update or delete or truncate on event
for each statement execute function refuse_to_rewrite();
