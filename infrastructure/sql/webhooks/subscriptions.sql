-- The subscriptions of an organisation, or of all (null), the oldest first.
select id, organisation, client, url, events, generation, created_at, active
from webhook_subscription
where %(organisation)s::text is null or organisation = %(organisation)s
order by id
