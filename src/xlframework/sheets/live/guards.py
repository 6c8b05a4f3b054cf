"""Says why an open workbook must not be changed now, before anything is written to it."""

from collections.abc import Iterator, Mapping

from xlframework.ground.errors import UnsafeFileError
from xlframework.sheets.change import ChangeSet
from xlframework.sheets.live.excel import HAS_COM, ExcelBook, ExcelSheet


def refuse_closed(excel: ExcelBook, sheets: Mapping[str, ExcelSheet], changes: ChangeSet) -> None:
    """Stop before a workbook is changed that Excel would let us change in part at most.

    Args:
        excel: the open workbook.
        sheets: its sheets, by their names.
        changes: what is to be written to it.

    Raises:
        UnsafeFileError: if the workbook is read-only or shared, or a sheet that has to
            change is protected or filtered; the message says what to do.
    """
    if not HAS_COM:
        return
    _refuse_book(excel, changes)
    touched = dict.fromkeys(_touched(changes))
    protected = [name for name in touched if sheets[name].api.ProtectContents]
    if protected:
        raise UnsafeFileError(
            f"{_listed(protected)} in {excel.name} {_are(protected)} protected, so nothing was "
            "changed. Take the protection off (Review, Unprotect Sheet) and press again."
        )
    filtered = [name for name in touched if _is_filtered(sheets[name])]
    if filtered:
        raise UnsafeFileError(
            f"{_listed(filtered)} in {excel.name} {_are(filtered)} filtered, and Excel would pass "
            "over the rows that the filter hides, so nothing was changed. Show all rows (Data, "
            "Clear) and press again."
        )


def _refuse_book(excel: ExcelBook, changes: ChangeSet) -> None:
    native = excel.api
    if native.ReadOnly:
        raise UnsafeFileError(
            f"{excel.name} is open for reading only, perhaps because somebody else has it open, "
            "so nothing was changed: it could not be saved. Open it again when it is free, or "
            "save it under another name, and press again."
        )
    if native.MultiUserEditing:
        raise UnsafeFileError(
            f"{excel.name} is shared in the old way, in which nobody can change a table, so "
            "nothing was changed. Stop sharing it (Review, Unshare Workbook) and press again."
        )
    if changes.sheets and native.ProtectStructure:
        raise UnsafeFileError(
            f"The structure of {excel.name} is protected, and the sheet {changes.sheets[0].name} "
            "has to be added, so nothing was changed. Take the protection off (Review, Protect "
            "Workbook) and press again."
        )


def _touched(changes: ChangeSet) -> Iterator[str]:
    yield from (cell.sheet for cell in changes.cells)
    yield from (table.sheet for table in changes.tables)
    yield from (chart.sheet for chart in changes.charts)


def _is_filtered(sheet: ExcelSheet) -> bool:
    if sheet.api.FilterMode:
        return True
    filters = (table.api.AutoFilter for table in sheet.tables if table.show_autofilter)
    return any(each is not None and bool(each.FilterMode) for each in filters)


def _listed(names: list[str]) -> str:
    quoted = names if len(names) == 1 else [", ".join(names[:-1]), names[-1]]
    return f"The sheet{'s' if len(names) > 1 else ''} {' and '.join(quoted)}"


def _are(names: list[str]) -> str:
    return "are" if len(names) > 1 else "is"
