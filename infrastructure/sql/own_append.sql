-- What an append wrote right after the expected version, if that append was ours.
select "offset", recorded_at
from event
where partition = %b and root = %b and root_version = %b and metadata ->> 'append' = %b;
