"""Les emplois de l'inclusion: what its dump says, as what happened."""
