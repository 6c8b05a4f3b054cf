"""Published tables: a declared layout, composed from the lines, written to a sheet or to CSV."""
