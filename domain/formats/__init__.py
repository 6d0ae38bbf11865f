"""How official numbers and addresses are written: each parser answers the one way it is stored, or None."""
