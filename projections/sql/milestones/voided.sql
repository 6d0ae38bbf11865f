-- A correction: what the same journey had said no longer holds, from the instant the correction was recorded.
update milestone set voided_at = told.recorded_at
from unnest(%b::text[], %b::text[], %b::text[], %b::date[], %b::timestamptz[])
    as told (root, journey, kind, occurred_on, recorded_at)
where milestone.root = told.root and milestone.journey = told.journey and milestone.kind = told.kind
    and (told.occurred_on is null or milestone.occurred_on = told.occurred_on) and milestone.voided_at is null
