"""One function per verb and per button; the only door to what the project does."""
