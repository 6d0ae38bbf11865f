-- A duplicate, and the dossier in which everything goes on.
create table merged_into (
    root   text collate "C" primary key,
    target text collate "C" not null
);

-- A kept dossier, and a duplicate that it has taken over.
create table absorbed (
    root   text collate "C" not null,
    source text collate "C" not null,
    primary key (root, source)
);
