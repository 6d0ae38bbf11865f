update projection_parked set building = false where projection = %s and building
