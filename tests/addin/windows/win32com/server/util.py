"""Stands in for pywin32's `win32com.server.util`, imported by xlwings and not used here."""
