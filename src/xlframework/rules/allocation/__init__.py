"""The split of a fund between areas: exact fractions from the inputs to the penny."""
