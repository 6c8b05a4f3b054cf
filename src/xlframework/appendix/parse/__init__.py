"""Reads a printed table back into lines, through the layout that prints it."""
