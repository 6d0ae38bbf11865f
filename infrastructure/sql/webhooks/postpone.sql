update webhook_letter set attempts = attempts + 1, due = %s, reason = %s
where subscription = %s and root = %s and root_version = %s
