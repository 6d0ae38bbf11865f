create table deadline (
    root    text collate "C" not null,
    journey text collate "C" not null,
    number  integer not null,
    due     timestamptz not null,
    command text collate "C" not null,
    fields  jsonb not null,
    primary key (root, journey, number)
);

create index deadline_by_time on deadline (due, root, journey, number);
