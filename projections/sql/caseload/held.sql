select root, journey, organisation from caseload_case
where kind = 'orientation' and stage = 'held' and 'sender' = any(sides)
order by root, journey
