"""PostgreSQL, keys, identity, the embedded server: what the ports are made of."""
