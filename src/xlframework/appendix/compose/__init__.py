"""From the budget and a layout to the rows of a published table, before any format is chosen."""
