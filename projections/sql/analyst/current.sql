select exists (select from released.release where as_of = %(as_of)s and made_of = %(made_of)s)
