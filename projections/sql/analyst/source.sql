-- The milestones as they are found now: after a rebuild they are another table.
select 'milestone'::regclass::oid::text
