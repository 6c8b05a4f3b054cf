"""Stands in for the calls into Windows itself: finding Excel's window, opening a file."""

import ctypes
import os
from pathlib import Path
from typing import Any

# The number of Excel's window.
HWND = 197_382


class _Library:
    """A library of Windows: every function of it answers 0, which is success."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_arguments: 0


class _Libraries:
    """`ctypes.windll` and `ctypes.oledll`."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Library()


class _PythonLibrary:
    """What ctypes makes of pywin32's own library: the one function that xlwings takes of it."""

    class PyCom_PyObjectFromIUnknown:  # noqa: N801 - pywin32's own name
        restype: object = None

        def __new__(cls, *_arguments: object) -> Any:
            return "the window that was found"


def start_file(path: str) -> None:
    """Stand in for `os.startfile`: write down what would be opened, and open nothing."""
    with Path(os.environ["TEMP"], "opened.txt").open("a", encoding="utf-8") as file:
        file.write(f"{path}\n")


def install() -> None:
    """Put the stand-ins where xlwings and Python look for them."""
    if hasattr(ctypes, "windll"):
        return
    real = ctypes.PyDLL

    def load(name: str | None, *rest: Any, **named: Any) -> Any:
        if name is not None and str(name).endswith("pythoncom.py"):
            return _PythonLibrary
        return real(name, *rest, **named)

    ctypes.PyDLL = load  # type: ignore[assignment, misc]
    for name in ("windll", "oledll"):
        setattr(ctypes, name, _Libraries())
    os.startfile = start_file  # type: ignore[attr-defined]
