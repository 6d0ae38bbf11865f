-- When an organisation was last concerned with a person, and whether it follows them. The row without an organisation is
-- of what concerns all of them.
create table activity (
    root         text collate "C" not null,
    organisation text collate "C" not null,
    last_on      date not null,
    following    boolean not null default false,
    -- Whether it let go of the person because nothing had happened for too long.
    let_go       boolean not null default false,
    primary key (root, organisation)
);

-- For how many months without activity an organisation (`organisation/…`) follows a person.
create table retention (
    organisation text collate "C" primary key,
    months       smallint not null
);
