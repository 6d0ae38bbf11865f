-- What other services told and is not applied yet, sealed; and how far each thing they tell of has been told.

create table inbox_message (
    system      text collate "C" not null,
    -- A keyed digest of the message: the same one twice is one.
    name        text collate "C" not null,
    -- A keyed digest of what it is about.
    thing       text collate "C" not null,
    model       text collate "C" not null,
    told_at     timestamptz not null,
    received_at timestamptz not null,
    sealed      text not null,
    attempts    integer not null default 0,
    due         timestamptz not null,
    -- Why it waits, in a code, and a digest of the thing that has to be told of first; empty if nothing particular.
    reason      text collate "C" not null default '',
    needs       text collate "C" not null default '',
    primary key (system, name)
);

create index inbox_message_due on inbox_message (system, told_at, name, due);
create index inbox_message_needs on inbox_message (system, needs) where needs <> '';
create index inbox_message_thing on inbox_message (system, thing, told_at, name);

create table inbox_word (
    system  text collate "C" not null,
    thing   text collate "C" not null,
    told_at timestamptz not null,
    name    text collate "C" not null,
    -- It is no more, there.
    gone    boolean not null,
    -- The dossiers that it was ever told of in, where it is in several.
    roots   text[] collate "C" not null,
    primary key (system, thing)
);

grant select, insert, update, delete on inbox_message, inbox_word to parcours_service;
