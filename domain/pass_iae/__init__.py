"""The PASS IAE: the right of a person to be hired by SIAE, for two years (les-emplois §5)."""
