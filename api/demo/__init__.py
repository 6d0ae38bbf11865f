"""The demonstration: organisations and people that the project brings along, and everything in one place."""
