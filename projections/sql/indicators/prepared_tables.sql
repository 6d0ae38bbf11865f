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
-- What stands for each person, to be taken back from what it was added to.
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
    open boolean,
    -- The company that it tells of, where the figure counts it.
    company text collate "C"
);
create index prepared_row_of on prepared_row (build, person);
-- What they add up to, in three tables at once: by standing (days, open_since and company are null), by how long they were
-- followed (standing is null), which still grows where it is open, and by company (which is null otherwise).
create unlogged table prepared_cell (
    build bigint not null,
    month date,
    department text collate "C" not null,
    standing text collate "C",
    detail text collate "C",
    solutions text[],
    days integer,
    open_since date,
    reached boolean,
    company text collate "C",
    entries bigint not null
);
create index prepared_cell_of on prepared_cell (build, month);
