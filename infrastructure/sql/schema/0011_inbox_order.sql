-- What was never tried goes before what is tried again.
drop index inbox_message_due;
create index inbox_message_due on inbox_message (system, (attempts > 0), told_at, name, due);
