-- The tables just built are at the same offsets, and of the version of the code.
update projection_position set version = built.version
from projection_position built
where projection_position.projection = %s
    and not projection_position.building
    and built.projection = projection_position.projection
    and built.partition = projection_position.partition
    and built.building
