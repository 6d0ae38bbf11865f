-- Replace the wraps of keys by others of the same keys.
update keys.data_key as own
set kek = %b, wrapped = again.wrapped
from unnest(%b::text[], %b::bytea[]) as again (root, wrapped)
where own.root = again.root and own.destroyed_at is null;
