"""The house that the source files keep, as data, and the tests that they keep it."""
