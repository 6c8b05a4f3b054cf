"""The emulated Excel and xlwings' Windows engine in one process, for tests of the live book."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import excel_link
import windows_calls
import xlwings

from addin.com_server import ComServer
from addin.windows_excel import Person, WindowsExcel


@dataclass(frozen=True, slots=True)
class OpenExcel:
    """An emulated Excel with one workbook open in it.

    Attributes:
        excel: the emulation.
        server: its end of COM.
        book: the workbook, through xlwings' own Windows engine.
    """

    excel: WindowsExcel
    server: ComServer
    book: xlwings.Book

    @property
    def person(self) -> Person:
        """Whoever sits at the screen."""
        return self.excel.person

    def save(self, path: Path) -> Path:
        """Save the workbook, as Excel's Save As does."""
        return self.excel.save(path)


@contextmanager
def open_excel(path: Path) -> Iterator[OpenExcel]:
    """Open a workbook in an emulated Excel, and hand it to xlwings' unmodified Windows engine."""
    excel = WindowsExcel()
    excel.open_workbook(path)
    server = ComServer(excel.application, excel.person.sees)
    excel_link.use(server.answer)
    try:
        yield OpenExcel(excel, server, _book(excel.workbook.name))
    finally:
        excel_link.use_nothing()


def _book(name: str) -> xlwings.Book:
    """Find an open workbook as `Book.caller` does on Windows."""
    windows_calls.install()
    from xlwings import _xlwindows  # noqa: PLC0415 - only once its Windows is there

    if "excel" not in [engine.name for engine in xlwings.engines]:
        xlwings.engines.add(xlwings.Engine(impl=_xlwindows.engine))
    found = _xlwindows.App(xl=windows_calls.HWND)  # type: ignore[no-untyped-call]
    app = xlwings.App(impl=found)
    return xlwings.Book(impl=app.books[name.lower()].impl)
