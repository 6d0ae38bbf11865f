insert into certification
select root, journey, criterion, due
from unnest(%b::text[], %b::text[], %b::text[], %b::timestamptz[]) as told (root, journey, criterion, due)
