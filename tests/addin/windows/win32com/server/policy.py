"""Stands in for pywin32's `win32com.server.policy`, imported by xlwings and not used here."""
