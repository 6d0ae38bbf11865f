-- What was given up is due again, all of it or one letter.
update webhook_letter set due = %(now)s, attempts = 0
where subscription = %(subscription)s and due is null
    and (%(partition)s::integer is null or (partition = %(partition)s and "offset" = %(offset)s))
