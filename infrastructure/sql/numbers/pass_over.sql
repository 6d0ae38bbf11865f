-- No number of a series up to this one is drawn any more.
select pass_number_over(%s, %s)
