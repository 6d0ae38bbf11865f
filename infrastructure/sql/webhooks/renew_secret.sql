update webhook_subscription set generation = generation + 1, active = true where id = %s and organisation = %s
returning generation
