"""Data of the existing services, told to Parcours as the history that it is."""
