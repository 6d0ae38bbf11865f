-- Which person each merged root belongs to, as known at an instant: the end of its chain of merges.
-- Two roots merged into each other (a mistake that no single root can see) stay with the first of both.
create function merged_into(known_at timestamptz)
returns table (root text, person text)
language sql stable
as $$
    with recursive link as (
        select m.root, m.into_root
        from milestone m
        where m.kind = 'merged' and m.recorded_at <= known_at and (m.voided_at is null or m.voided_at > known_at)
    ),
    chain as (
        select link.root, link.into_root as person, array[link.root, link.into_root] as path, false as loops
        from link
        union all
        select chain.root, link.into_root, chain.path || link.into_root, link.into_root = any(chain.path)
        from chain join link on link.root = chain.person
        where not chain.loops
    ),
    settled as (
        select distinct on (chain.root) chain.root, case when chain.loops then
            (select min(member) from unnest(chain.path[array_position(chain.path, chain.person):]) as member)
            else chain.person end as person
        from chain
        order by chain.root, cardinality(chain.path) desc, chain.person
    )
    select settled.root, settled.person from settled where settled.root <> settled.person
$$;
