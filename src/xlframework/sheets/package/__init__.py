"""The one place that knows the .xlsx format: read whole, patch without loss."""
