-- One row per fact that counts, as the event told it. Nothing is ever removed: a correction sets voided_at.
create table milestone (
    root text collate "C" not null,
    root_version integer not null,
    journey text collate "C" not null,
    kind text collate "C" not null,
    -- The calendar day in Europe/Paris on which it happened in the world.
    occurred_on date not null,
    recorded_at timestamptz not null,
    voided_at timestamptz,
    -- For `merged`: the root that was kept.
    into_root text collate "C",
    -- What qualifies the fact (who sent, why it was refused), and the organisation it is addressed to, as it was that day.
    detail text not null default 'unknown',
    receiver text not null default 'unknown',
    receiver_kinds text not null default 'unknown',
    -- Dimensions as they were on that day; 'unknown' and null (birth_year, authorised) say that nobody told.
    department text not null default 'unknown',
    birth_year smallint,
    title text not null default 'unknown',
    criteria text not null default 'unknown',
    organisation text not null default 'unknown',
    organisation_kinds text not null default 'unknown',
    organisation_families text not null default 'unknown',
    authorised boolean,
    origin text not null default 'command',
    -- The company that the fact tells of, as it was on that day; null where it tells of none.
    company text collate "C",
    primary key (root, root_version, kind)
);
-- What figures by département read, without the table.
create index milestone_of_period on milestone (kind, occurred_on)
    include (root, root_version, journey, detail, department, company, recorded_at, voided_at);
create index milestone_merged on milestone (root) include (into_root, recorded_at, voided_at) where kind = 'merged';

-- Journeys that tell of the same thing as another one: a hire and the application that led to it.
create table journey_part (
    root text collate "C" not null,
    journey text collate "C" not null,
    whole text collate "C" not null,
    primary key (root, journey)
);

-- What was known of each candidate from a day on, for the dimensions of what happens then; what qualifies the facts
-- of a journey, under its name, and which company the journey is with, under `company/` and its name.
create table candidate_trait (
    root text collate "C" not null,
    root_version integer not null,
    trait text collate "C" not null,
    from_day date not null,
    -- Null is unknown.
    value text,
    primary key (root, trait, from_day, root_version)
);
