create table caseload_case (
    root         text collate "C" not null,
    journey      text collate "C" not null,
    organisation text collate "C" not null,
    sides        text[] not null,
    kind         text collate "C" not null,
    stage        text collate "C" not null,
    since        timestamptz not null,
    version      integer not null,
    next_steps   text[] not null,
    -- What people see, and the instants from which (inclusive) they see the next one; empty where the stage says it all.
    statuses     text[] not null,
    turns        timestamptz[] not null,
    -- `infinity` where time asks nothing, so that one index orders them all.
    due          timestamptz not null,
    due_command  text collate "C",
    primary key (root, journey, organisation)
);

create index caseload_case_by_organisation on caseload_case (organisation, due, root, journey);
