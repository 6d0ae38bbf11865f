create table naive_event (
    position    bigserial primary key,
    stream      text not null,
    version     integer not null,
    append_id   text not null,
    recorded_at timestamptz not null default clock_timestamp(),
    unique (stream, version)
);
