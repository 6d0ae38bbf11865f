delete from projection_parked where projection = %s and building
