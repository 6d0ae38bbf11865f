insert into notification_preference
select %s, %s, template from unnest(%s::text[]) as template
on conflict do nothing
