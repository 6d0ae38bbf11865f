select root, journey, kind, sides, stage,
    statuses[1 + (select count(*)::integer from unnest(turns) as turn where turn <= %(now)s)], since, version, next_steps,
    nullif(due, 'infinity'), due_command, due <= %(now)s
from caseload_case
where organisation = %(organisation)s
    and (due, root, journey) > (%(due)s::timestamptz, %(root)s, %(journey)s)
    and (not %(only_overdue)s or due <= %(now)s)
order by due, root, journey
limit %(limit)s
