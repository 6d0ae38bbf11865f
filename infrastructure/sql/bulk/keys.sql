copy keys.data_key (root, kek, wrapped, destroyed_at) from stdin
