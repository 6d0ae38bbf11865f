insert into webhook_subscription (id, organisation, client, url, events, created_at)
values (%(id)s, %(organisation)s, %(client)s, %(url)s, %(events)s, %(created_at)s)
