"""Two editions of a budget, or two versions of one, compared line by line."""
