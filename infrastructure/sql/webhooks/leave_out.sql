-- One letter that was given up is left out for good, so that what waits behind it goes on.
delete from webhook_letter
where subscription = %(subscription)s and due is null and partition = %(partition)s and "offset" = %(offset)s
