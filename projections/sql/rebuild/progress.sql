-- Events told to the tables being built, and to those that people read.
select coalesce(sum("offset") filter (where building), 0)::bigint,
    coalesce(sum("offset") filter (where not building), 0)::bigint
from projection_position where projection = %s
