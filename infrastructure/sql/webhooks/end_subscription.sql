update webhook_subscription set active = false where id = %s
