"""What is told of each event, and to whom: one row per notice, without anything personal."""
