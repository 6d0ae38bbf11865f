-- The rows that have been prepared anew. Whoever reads rows holds their line of `prepared` until they are read.
delete from prepared_row where build not in (select build from prepared) and build < (select max(build) from prepared)
