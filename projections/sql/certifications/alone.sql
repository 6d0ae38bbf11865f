-- Whether this process, and no other one until it lets go, asks the certifying services.
select pg_try_advisory_lock(hashtext('parcours certifications'))
