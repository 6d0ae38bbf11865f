"""The rules: what may be asked, what can have happened, where a journey stands. Pure; standard library only."""
