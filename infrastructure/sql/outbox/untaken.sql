-- Notices (of the projection `notifications`) that have no delivery yet, the oldest first.
select root, root_version, key, journey, template, channel, recipient, organisation, subject, named, about, recorded_at
from notice
where recorded_at >= %(since)s and template = any(%(templates)s) and recipient = any(%(recipients)s) and not exists (
    select from delivery
    where delivery.root = notice.root and delivery.root_version = notice.root_version and delivery.key = notice.key
)
order by recorded_at, root, root_version, key
limit %(most)s
for update of notice skip locked
