-- One delivery that is due. Whoever runs this settles it before it commits; others pass it over meanwhile.
select root, root_version, key, "to", journey, template, channel, recipient, organisation, subject, named, about,
    recorded_at, attempts
from delivery
where state = 'waiting' and due <= %(now)s and channel = any(%(channels)s) and template = any(%(templates)s)
order by due, root, root_version, key, "to"
limit 1
for update skip locked
