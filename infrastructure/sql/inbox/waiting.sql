select system, name, model, told_at, received_at, attempts, reason, due
from inbox_message
order by system, told_at, name
limit %(limit)s
