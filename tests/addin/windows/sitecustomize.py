"""Makes a Python process believe that it runs on Windows, as far as xlwings asks.

Stands in for: `sys.platform`, and the three Windows libraries that xlwings calls through
ctypes to find Excel's window. Python reads this file when it starts, if it is on its path.
"""

# What of Python's own library asks for the platform when it is loaded is loaded before.
import asyncio  # noqa: F401
import sys

import excel_link  # noqa: F401
import windows_calls

windows_calls.install()
sys.platform = "win32"

# A plain installation has neither, and a start without them is half as long.
for _name in ("pandas", "numpy"):
    sys.modules[_name] = None  # type: ignore[assignment]
