select pg_advisory_unlock(hashtext('parcours figures'))
