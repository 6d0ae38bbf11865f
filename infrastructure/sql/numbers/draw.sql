-- The next number of a series.
select draw_number(%s)
