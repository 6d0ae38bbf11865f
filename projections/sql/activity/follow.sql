update activity set following = told.following, let_go = told.let_go
from unnest(%b::text[], %b::text[], %b::boolean[], %b::boolean[]) as told (root, organisation, following, let_go)
where activity.root = told.root and activity.organisation = told.organisation
