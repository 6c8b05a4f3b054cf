"""Names xlwings' objects for the type checker; nothing here imports xlwings when it runs."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlwings import App as ExcelApp
    from xlwings import Book as ExcelBook
    from xlwings import Sheet as ExcelSheet
    from xlwings.main import Table as ExcelTable
else:
    ExcelApp = ExcelBook = ExcelSheet = ExcelTable = Any

# What xlwings' `api` gives: an object of Excel's own, whose members no checker knows.
Native = Any

# On a Mac Excel is reached through AppleScript, which has fewer words than COM: there, what
# xlwings itself offers on both is all that is used.
HAS_COM = sys.platform != "darwin"

__all__ = ["HAS_COM", "ExcelApp", "ExcelBook", "ExcelSheet", "ExcelTable", "Native"]
