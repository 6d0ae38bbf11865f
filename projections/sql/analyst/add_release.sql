insert into released.release (as_of, made_of) values (%(as_of)s, %(made_of)s)
