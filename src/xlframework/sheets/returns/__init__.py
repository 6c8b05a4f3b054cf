"""Forms as workbooks: built and issued, read back, marked."""
