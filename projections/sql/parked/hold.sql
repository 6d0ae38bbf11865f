-- The parked dossier and how far the rest has come, with the position locked.
select position.partition, parked.root_version, position."offset"
from projection_parked parked join projection_position position using (projection, building, partition)
where parked.projection = %s and parked.root = %s and not parked.building
for update
