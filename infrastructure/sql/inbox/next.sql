select name, model, told_at, sealed, attempts,
       exists (
           select from inbox_message as later
           where later.system = message.system and later.thing = message.thing
               and (later.told_at, later.name) > (message.told_at, message.name)
       ) as superseded
from inbox_message as message
where system = %(system)s and due <= %(now)s
order by attempts > 0, told_at, name
limit 1
for update of message
