"""Stands in for pywin32's `win32com.server.dispatcher`, imported by xlwings and not used here."""
