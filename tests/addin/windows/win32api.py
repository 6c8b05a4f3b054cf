"""Stands in for pywin32's `win32api`: a message box, shown to whoever sits at this Excel."""

from excel_link import Request, request


def MessageBox(_hwnd: int, text: str, title: str, style: int) -> int:  # noqa: N802 - pywin32's own name
    """Show a message and give the button that was pressed."""
    pressed = request(Request("message", arguments=(text, title, style)))
    assert isinstance(pressed, int)
    return pressed
