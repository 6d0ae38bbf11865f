insert into naive_event (stream, version, append_id)
select %s::text, version, %s::text from generate_series(%s::integer, %s::integer) as version
returning position, recorded_at;
