"""Webhooks: what happens is told to the organisations that asked for it, in the order of each dossier.

Three steps, each safe to repeat: a *subscription* says what is wanted and where; *addressing* follows the log and makes
one letter for each event and subscription; *posting* sends the letters, none before an earlier one of its dossier.
"""
