-- Rows that what is asked can be made of: prepared before, and for no later day. They stay until the end of the
-- transaction.
select build
from prepared
where subject = %(subject)s and known_at <= %(known_at)s::timestamptz and on_day <= %(on_day)s::date
for share
