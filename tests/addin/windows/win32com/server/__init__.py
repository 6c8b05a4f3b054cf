"""Stands in for pywin32's `win32com.server`, which xlwings imports but does not use here."""
