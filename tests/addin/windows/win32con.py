"""Stands in for pywin32's `win32con`: the signs and buttons of a message box."""

MB_OK = 0
MB_OKCANCEL = 1
MB_YESNOCANCEL = 3
MB_YESNO = 4
MB_ICONWARNING = 48
MB_ICONINFORMATION = 64
