"""One workbook changed twice: as a file, and open in an emulated Excel."""

import shutil
from collections.abc import Callable
from pathlib import Path

import excel_link

from addin.excel import OpenExcel, open_excel
from builders import ROOT, declared
from xlframework.commands.held import held_open
from xlframework.commands.plan import Plan
from xlframework.commands.refresh import refresh, refresh_held


def press_refresh(excel: OpenExcel) -> tuple[Plan, bool]:
    """Refresh the open workbook, as the button does."""
    return refresh_held(held_open(excel.book), declared())


COMMITTED = ROOT / "workbook" / "commissioning.xlsx"

# Reading takes some 640 requests, and writing what a refresh changes not many more.
MOST_REQUESTS = 1900


def refreshed_twice(
    workbook: Path,
    prepare: Callable[[OpenExcel], object] | None = None,
    finish: Callable[[OpenExcel], object] | None = None,
) -> tuple[Path, Path]:
    """Refresh a workbook as a file and open in Excel, in bulk; a second press changes nothing.

    Args:
        workbook: the file; it stays as it is.
        prepare: what happens in Excel first.
        finish: what is looked at in Excel at the end.

    Returns:
        The refreshed file, and what Excel saves.
    """
    as_file = workbook.with_name(f"file-{workbook.name}")
    saved = workbook.with_name(f"excel-{workbook.name}")
    shutil.copyfile(workbook, as_file)
    refresh(as_file, backup=False)
    with open_excel(workbook) as excel:
        if prepare is not None:
            prepare(excel)
        before = excel.server.requests
        press_refresh(excel)
        assert excel.server.requests - before < MOST_REQUESTS
        plan, changed = press_refresh(excel)
        assert not changed, plan.changes
        if finish is not None:
            finish(excel)
        excel.save(saved)
    return as_file, saved


def without_looks(excel: OpenExcel) -> None:
    """Have Excel refuse to write its cells out, as on a Mac it cannot."""

    def answer(call: excel_link.Request) -> object:
        if (call.what, call.name) == ("call", "Value"):
            return excel_link.Failure(1004, "Application-defined or object-defined error")
        return excel.server.answer(call)

    excel_link.use(answer)
