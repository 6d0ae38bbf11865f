delete from projection_position where projection = %s and building
