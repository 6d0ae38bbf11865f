"""What people read; rebuilt at will from the log."""
