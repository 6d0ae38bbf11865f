delete from webhook_letter where subscription = %s and root = %s and root_version = %s
