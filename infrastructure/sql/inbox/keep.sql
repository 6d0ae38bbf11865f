insert into inbox_message (system, name, thing, model, told_at, received_at, sealed, due)
values (%(system)s, %(name)s, %(thing)s, %(model)s, %(told_at)s, %(now)s, %(sealed)s, %(now)s)
on conflict do nothing
