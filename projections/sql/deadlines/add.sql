insert into deadline
select root, journey, number, due, command, fields::jsonb
from unnest(%b::text[], %b::text[], %b::integer[], %b::timestamptz[], %b::text[], %b::text[])
    as told (root, journey, number, due, command, fields)
