"""The rules of the catalogue: one named function an id."""
