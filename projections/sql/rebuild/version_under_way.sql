select distinct version from projection_position where projection = %s and building
