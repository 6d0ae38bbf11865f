delete from webhook_subscription where id = %s and organisation = %s
