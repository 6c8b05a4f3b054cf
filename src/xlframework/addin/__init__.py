"""The Excel add-in: built from text, checked, installed, and what its buttons run."""
