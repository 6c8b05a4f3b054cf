"""Stands in for pywin32's `win32process`: the process that a window belongs to."""


def GetWindowThreadProcessId(hwnd: int) -> tuple[int, int]:  # noqa: N802 - pywin32's own name
    """Give a thread and a process for the emulated Excel's window."""
    return 1, hwnd
