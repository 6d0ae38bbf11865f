-- What was recorded before anybody asked is not looked at.
insert into webhook_position (partition, "offset") select partition, "offset" from head on conflict do nothing
