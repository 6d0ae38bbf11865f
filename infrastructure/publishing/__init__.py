"""Publications as files."""
