-- A criterion of a diagnosis that a certifying service is to be asked about, from an instant on.
create table certification (
    root      text collate "C" not null,
    journey   text collate "C" not null,
    criterion text collate "C" not null,
    due       timestamptz not null,
    primary key (root, journey, criterion)
);

create index certification_by_time on certification (due, root, journey, criterion);
