"""The facts that count for impact, one row each: `milestone`."""
