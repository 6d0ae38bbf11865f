-- One rebuild of a projection at a time, for as long as this connection lives.
select pg_try_advisory_lock(hashtext('parcours rebuild'), hashtext(%s))
