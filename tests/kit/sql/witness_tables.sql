-- On purpose without a key: an event told twice leaves two rows.
create table witness (
    root         text collate "C" not null,
    root_version integer not null
);

create table witness_count (
    root   text collate "C" primary key,
    events integer not null
);
