"""Access tokens: who gets in, and who does not."""
