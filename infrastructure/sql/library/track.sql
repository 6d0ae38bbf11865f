-- One row if the position moved forward, none if it was already there or further.
insert into library_tracking (application, notification_id) values (%b, %b)
on conflict (application) do update set notification_id = excluded.notification_id
where library_tracking.notification_id < excluded.notification_id
returning notification_id;
