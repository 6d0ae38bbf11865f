-- The wrapped key of a root, or when it was destroyed.
select generation, kek, wrapped, destroyed_at
from keys.data_key
where root = %b;
