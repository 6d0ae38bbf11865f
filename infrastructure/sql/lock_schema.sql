-- One process at a time changes the schema of this database; the lock goes with the session.
select pg_advisory_lock(7253, 1);
