delete from inbox_message where system = %(system)s and name = %(name)s
