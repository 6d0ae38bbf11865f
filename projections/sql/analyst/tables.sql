-- What analysts are shown, as the doors show it to them: figures after statistical secrecy, and nothing that they are
-- made of. Replaced as a whole.
create table release (
    the_only_one boolean primary key default true check (the_only_one),
    as_of timestamptz not null,
    -- The tables and the definitions that it was made of, and which dossiers were not in it: others after a rebuild, with
    -- another version, or once what waited was told.
    made_of text not null
);

create table indicator (
    id text not null,
    version integer not null,
    newest boolean not null,
    since date not null,
    shape text not null,
    measures text[] not null,
    dimensions text[] not null,
    title jsonb not null,
    text jsonb not null,
    unit jsonb not null,
    numerator jsonb not null,
    denominator jsonb,
    primary key (id, version)
);

create table figure (
    indicator text not null,
    version integer not null,
    measure text not null,
    dimension text not null,
    month date,
    modality text not null,
    status text not null,
    why text,
    numerator bigint,
    denominator bigint,
    share numeric,
    count bigint,
    complete boolean not null,
    median_days text,
    p80_days text,
    lines jsonb not null,
    excluded jsonb not null,
    data_date date not null,
    as_of timestamptz not null,
    unique nulls not distinct (indicator, version, measure, dimension, month, modality)
);
