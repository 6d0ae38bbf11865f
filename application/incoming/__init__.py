"""What other services tell of what they own: kept, put in their own order, and recorded through the desk."""
