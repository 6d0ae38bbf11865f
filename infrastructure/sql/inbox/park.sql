update inbox_message set attempts = attempts + 1, due = %(due)s, reason = %(reason)s, needs = %(needs)s
where system = %(system)s and name = %(name)s
