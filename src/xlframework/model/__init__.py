"""The records of a commissioning budget, and the typed form of what `templates/` declares."""
