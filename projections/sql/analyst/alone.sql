select pg_try_advisory_xact_lock(7253, 5)
