-- One row per notice: of which event, what is told, to whom. References only, nothing personal.
create table notice (
    root            text collate "C" not null,
    root_version    integer not null,
    -- Tells it from the other notices of the same event.
    key             text collate "C" not null,
    partition       integer not null,
    "offset"        bigint not null,
    journey         text collate "C" not null,
    journey_version integer not null,
    event           text collate "C" not null,
    template        text collate "C" not null,
    channel         text collate "C" not null,
    recipient       text collate "C" not null,
    organisation    text collate "C",
    subject         text collate "C",
    named           text collate "C",
    about           text collate "C",
    occurred_at     timestamptz not null,
    recorded_at     timestamptz not null,
    primary key (root, root_version, key)
);

create index notice_in_order on notice (partition, "offset");
create index notice_by_age on notice (recorded_at);
