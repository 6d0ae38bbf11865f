"""What is published as open data."""
