-- Whether this transaction, and no other one until it ends, applies what a system told.
select pg_try_advisory_xact_lock(hashtext('parcours inbox'), hashtext(%(system)s))
