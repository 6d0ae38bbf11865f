-- What has been prepared anew. Whoever reads it holds its line of `prepared` until it is read.
with cells as (
    delete from prepared_cell
    where build not in (select build from prepared) and build < (select max(build) from prepared)
)
delete from prepared_row where build not in (select build from prepared) and build < (select max(build) from prepared)
