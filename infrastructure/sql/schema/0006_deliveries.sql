-- How notices reach people: no projection, because what was sent cannot be sent back. References only, nothing personal.

create table delivery (
    root         text collate "C" not null,
    root_version integer not null,
    key          text collate "C" not null,
    -- The professional who is told; empty for whoever is none, and where there is nobody.
    "to"         text collate "C" not null,
    journey      text collate "C" not null,
    template     text collate "C" not null,
    channel      text collate "C" not null,
    recipient    text collate "C" not null,
    organisation text collate "C",
    subject      text collate "C",
    named        text collate "C",
    about        text collate "C",
    recorded_at  timestamptz not null,
    state        text collate "C" not null,
    -- A code; what servers say is never kept.
    reason       text collate "C",
    attempts     integer not null default 0,
    due          timestamptz not null,
    changed_at   timestamptz not null,
    primary key (root, root_version, key, "to")
);

create index delivery_due on delivery (due, root, root_version, key, "to") where state = 'waiting';

-- What somebody does without: in an organisation, or for themself (empty).
create table notification_preference (
    subject      text collate "C" not null,
    organisation text collate "C" not null,
    template     text collate "C" not null,
    primary key (subject, organisation, template)
);
