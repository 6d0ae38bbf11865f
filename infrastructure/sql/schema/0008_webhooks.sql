-- Who is told what, and what is on its way. References only: what is told is read from the record when it is sent.

create table webhook_subscription (
    id           text collate "C" primary key,
    organisation text collate "C" not null,
    client       text collate "C" not null,
    url          text not null,
    events       text[] not null,
    generation   integer not null default 1,
    created_at   timestamptz not null,
    active       boolean not null default true
);

create index webhook_subscription_of on webhook_subscription (organisation, id);

-- How far the log has been looked at, from the first subscription on.
create table webhook_position (
    partition integer primary key,
    "offset"  bigint not null
);

create table webhook_letter (
    subscription text collate "C" not null references webhook_subscription (id) on delete cascade,
    root         text collate "C" not null,
    root_version integer not null,
    partition    integer not null,
    "offset"     bigint not null,
    attempts     integer not null default 0,
    -- Null once it is given up: a person has to look.
    due          timestamptz,
    -- The code of the last failure.
    reason       text collate "C" not null default '',
    primary key (subscription, root, root_version)
);

create index webhook_letter_due on webhook_letter (due) where due is not null;
create index webhook_letter_given_up on webhook_letter (subscription, partition, "offset") where due is null;

grant select, insert, update, delete on webhook_subscription, webhook_position, webhook_letter to parcours_service;
