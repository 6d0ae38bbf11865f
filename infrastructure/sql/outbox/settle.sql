update delivery
set state = %(state)s, reason = %(reason)s, due = coalesce(%(due)s, due), changed_at = %(now)s,
    attempts = attempts + (%(state)s = 'waiting')::integer
where root = %(root)s and root_version = %(root_version)s and key = %(key)s and "to" = %(to)s
