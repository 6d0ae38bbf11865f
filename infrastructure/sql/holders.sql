-- Which root holds each claim of a list, for those that are held.
select scope, kind, digest, root
from claim
where (scope, kind, digest) in (select * from unnest(%b::text[], %b::text[], %b::text[]));
