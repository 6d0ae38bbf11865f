-- Every entry of a period, with what became of it by a day, as known at an instant.
--
-- One row per root, per path of a person. A path ends on the day of a fact of terms.endings (that day included); what
-- comes after is another path. The entry of a path is its first fact of the first kind of terms.entries that it has.
-- Of the roots of one person (merged duplicates), the earliest entry is kept; the others have kept = false.
create function entry_outcome(
    first_day date, last_day date, on_day date, known_at timestamptz, terms jsonb, dimension text,
    persons text[] default null
)
returns table (
    person text, root text, entered_on date, modality text, kept boolean,
    -- Solution kinds seen within the window; the first solution on or after the entry, in this path.
    found text[], solved_on date,
    -- Solution kinds that hold on that day, and since when there was none (the entry, or the last end of a solution).
    holding text[], without_since date,
    -- The fact that ended the path, and the objection to being counted at all.
    ended_on date, ended_by text, objection text,
    -- The company that the entry tells of.
    company text
)
language sql stable
as $$
    with fact as materialized (
        select f.*, min(f.occurred_on) filter (where f.kind = any(codes(terms -> 'solution_ends'))) over (
            partition by f.root, f.journey order by f.occurred_on range between current row and unbounded following
        ) as finished_on
        from known_fact(
            first_day, last_day, on_day, known_at, codes(terms -> 'entries'),
            codes(terms -> 'entries') || codes(terms -> 'solutions') || codes(terms -> 'solution_ends')
            || codes(terms -> 'endings') || codes(terms -> 'objections'),
            terms, dimension, persons
        ) f
    ),
    placed as (
        select fact.*, count(*) filter (where fact.kind = any(codes(terms -> 'endings'))) over (
            partition by fact.person order by fact.occurred_on
            range between unbounded preceding and interval '1 day' preceding
        ) as path
        from fact
        where fact.kind = any(codes(terms -> 'entries')) or fact.kind = any(codes(terms -> 'endings'))
    ),
    root_entry as (
        select distinct on (placed.person, placed.path, placed.root) placed.*
        from placed
        where placed.kind = any(codes(terms -> 'entries'))
        order by placed.person, placed.path, placed.root,
            array_position(codes(terms -> 'entries'), placed.kind), placed.occurred_on, placed.journey, placed.root_version
    ),
    entry as materialized (
        select root_entry.*, row_number() over (
            partition by root_entry.person, root_entry.path order by root_entry.occurred_on, root_entry.root
        ) = 1 as kept
        from root_entry
    ),
    outcome as (
        select entry.person, entry.root, entry.path,
            array_agg(distinct fact.kind) filter (
                where fact.kind = any(codes(terms -> 'solutions'))
                and fact.occurred_on between entry.occurred_on and entry.occurred_on + (terms ->> 'window_days')::integer
            ) as found,
            min(fact.occurred_on) filter (
                where fact.kind = any(codes(terms -> 'solutions')) and fact.occurred_on >= entry.occurred_on
            ) as solved_on,
            array_agg(distinct fact.kind) filter (
                where fact.kind = any(codes(terms -> 'solutions')) and fact.finished_on is null
            ) as holding,
            max(fact.finished_on) filter (where fact.kind = any(codes(terms -> 'solutions'))) as finished_on,
            min(fact.occurred_on) filter (
                where fact.kind = any(codes(terms -> 'endings')) and fact.occurred_on >= entry.occurred_on
            ) as ended_on,
            (array_agg(fact.kind order by fact.occurred_on, array_position(codes(terms -> 'endings'), fact.kind)) filter (
                where fact.kind = any(codes(terms -> 'endings')) and fact.occurred_on >= entry.occurred_on
            ))[1] as ended_by,
            min(fact.kind) filter (where fact.kind = any(codes(terms -> 'objections'))) as objection
        from entry join fact on fact.person = entry.person
        group by entry.person, entry.root, entry.path
    )
    select entry.person, entry.root, entry.occurred_on, entry.modality,
        entry.kept, coalesce(outcome.found, '{}'),
        case when outcome.solved_on <= coalesce(outcome.ended_on, outcome.solved_on) then outcome.solved_on end,
        coalesce(outcome.holding, '{}'), greatest(entry.occurred_on, outcome.finished_on),
        outcome.ended_on, outcome.ended_by, outcome.objection, entry.company
    from entry
    join outcome using (person, root, path)
    where entry.occurred_on between first_day and last_day
$$;
