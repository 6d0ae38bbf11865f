select thing, told_at, name, gone, roots from inbox_word where system = %(system)s and thing = any(%(things)s)
