-- How far each projection has come, in the tables that people read and in those being built beside them.
create table if not exists projection_position (
    projection text collate "C" not null,
    building   boolean not null,
    partition  integer not null,
    version    integer not null,
    "offset"   bigint not null default 0,
    primary key (projection, building, partition)
) with (fillfactor = 10);

-- The dossiers that a projection could not be told: since which event, and what kind of error it was.
create table if not exists projection_parked (
    projection   text collate "C" not null,
    building     boolean not null,
    partition    integer not null,
    root         text collate "C" not null,
    root_version integer not null,
    "offset"     bigint not null,
    error        text not null,
    place        text not null,
    parked_at    timestamptz not null default clock_timestamp(),
    primary key (projection, building, partition, root)
);
