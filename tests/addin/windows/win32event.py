"""Stands in for pywin32's `win32event`, which xlwings imports but does not use here."""
