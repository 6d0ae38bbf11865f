select 0, position, stream, version, append_id from naive_event
where %s = 0 and position > %s
order by position
limit %s;
