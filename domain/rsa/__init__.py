"""What organisations that follow people towards RSA appointments agree on, whichever journey uses it."""
