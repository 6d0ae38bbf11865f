"""Indicators of impact: versioned definitions over milestones, as known on any day."""
