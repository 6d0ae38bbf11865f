-- A letter that is due and before which nothing of the same dossier waits. Whoever runs this settles it before it
-- commits; others pass it over meanwhile, and the letters behind it wait for it.
select letter.partition, letter."offset", letter.root, letter.root_version, letter.attempts,
    subscription.id, subscription.organisation, subscription.client, subscription.url, subscription.events,
    subscription.generation, subscription.created_at, subscription.active
from webhook_letter letter join webhook_subscription subscription on subscription.id = letter.subscription
where letter.due <= %(now)s and subscription.active and not exists (
    select from webhook_letter earlier
    where earlier.subscription = letter.subscription and earlier.root = letter.root
        and earlier.root_version < letter.root_version
)
order by letter.due, letter.subscription, letter.root
limit 1
for update of letter skip locked
