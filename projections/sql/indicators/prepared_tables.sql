-- Rows of figures by département, prepared once for everybody, and how far the milestones had come then. Not of the
-- record, and not compared when it is rebuilt: unlogged, so that a crash or a rebuild leaves them empty and figures are
-- computed from the milestones until they are prepared again.
create sequence prepared_build;
create unlogged table prepared (
    -- Id, version and query of the figures.
    subject text collate "C" primary key,
    build bigint not null,
    -- What was known, and up to which day.
    known_at timestamptz not null,
    on_day date not null,
    -- The events that had been told, by partition.
    partitions integer[] not null,
    offsets bigint[] not null,
    -- The roots that were parked, or of which something was told after known_at.
    unsure text[] not null
);
create unlogged table prepared_row (
    build bigint not null,
    person text collate "C" not null,
    month date,
    department text collate "C" not null,
    standing text collate "C" not null,
    detail text collate "C",
    solutions text[],
    since date not null,
    days integer,
    reached boolean,
    company text collate "C"
);
create index prepared_row_of on prepared_row (build, since);
