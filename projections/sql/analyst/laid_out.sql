-- What the schema of the views was laid out from; null if there is none.
select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = 'analyst'
