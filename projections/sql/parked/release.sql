delete from projection_parked where projection = %s and root = %s and not building
