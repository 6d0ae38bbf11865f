"""A whole country's dossiers, drawn from a seed: what `parcours simulate` makes, and what figures are measured on."""
