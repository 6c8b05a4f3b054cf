"""Stated figures against the lines: the claim language, what it comes to, and the comparison."""
