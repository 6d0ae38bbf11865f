"""What the service does, over ports; knows no framework."""
