-- What waited for these things waits no longer.
update inbox_message set due = %(now)s, needs = '' where system = %(system)s and needs = any(%(things)s)
