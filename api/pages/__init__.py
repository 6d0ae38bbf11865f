"""Pages for people who would rather look than read: rendered here, nothing fetched from elsewhere."""
