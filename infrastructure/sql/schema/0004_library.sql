-- What the library's recorders keep beside the log: snapshots, and how far an application has followed another.

create table library_snapshot (
    purpose            text collate "C" not null,
    originator         text collate "C" not null,
    originator_version bigint not null,
    topic              text not null,
    state              bytea not null,
    primary key (purpose, originator, originator_version)
);

create table library_tracking (
    application     text collate "C" primary key,
    notification_id bigint not null
);
