create table timeline_line (
    root               text collate "C" not null,
    root_version       integer not null,
    journey            text collate "C" not null,
    name               text collate "C" not null,
    occurred_at        timestamptz not null,
    recorded_at        timestamptz not null,
    organisation       text collate "C",
    organisation_kinds text[] not null,
    role               text collate "C" not null,
    client             text collate "C" not null,
    parameters         jsonb not null,
    primary key (root, root_version)
);
