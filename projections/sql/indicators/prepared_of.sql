-- What is prepared of a day.
select subject from prepared where on_day >= %s
