"""The doors, and the only wiring."""

VERSION = "0.1.0"
