update webhook_position set "offset" = %s where partition = %s
