update inbox_message set due = %(now)s where reason <> ''
