"""The arithmetic and the checks: pure functions over the records of `model`."""
