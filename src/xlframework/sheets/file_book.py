"""Applies a change set to a workbook file, and writes files so that none is ever half-written."""

import contextlib
import os
import shutil
import stat
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xlframework.ground.errors import MisuseError, UnsafeFileError
from xlframework.sheets.change import CellChange, ChangeSet, RowHeight
from xlframework.sheets.difference import find_table
from xlframework.sheets.package.charts import set_chart
from xlframework.sheets.package.container import package_bytes
from xlframework.sheets.package.new_sheet import add_sheet
from xlframework.sheets.package.patch_cells import patch_cells, with_full_recalculation
from xlframework.sheets.package.records import Book, CellPatch, Package
from xlframework.sheets.package.row_heights import set_heights
from xlframework.sheets.package.tables import reshape_table


def apply_changes(package: Package, book: Book, changes: ChangeSet) -> Package:
    """Give the package with a change set applied.

    Args:
        package: the workbook's parts.
        book: the same workbook as it was read.
        changes: what to change; computed from that book.

    Returns:
        A new package; the same one if nothing changed. Parts that the change set
        does not name are the same bytes.

    Raises:
        UnsafeFileError: if the workbook cannot be changed without loss.
    """
    changed = package
    for sheet_name, cells in _by_sheet(changes.cells).items():
        sheet = book.sheet(sheet_name)
        if sheet is not None:
            changed = patch_cells(changed, sheet.part, [_patch(cell) for cell in cells])
    for sheet_name, heights in _heights_by_sheet(changes.heights).items():
        sheet = book.sheet(sheet_name)
        if sheet is not None:
            changed = set_heights(changed, sheet.part, heights)
    for table in changes.tables:
        columns = table.columns
        changed = reshape_table(changed, book, find_table(book, table.table), table.area, columns)
    for added in changes.sheets:
        changed = add_sheet(changed, added)
    for chart in changes.charts:
        changed = set_chart(changed, chart.name, chart.series)
    return changed if changed is package else with_full_recalculation(changed)


def effective(package: Package, changes: ChangeSet) -> ChangeSet:
    """Leave out the charts that draw what is wanted already.

    Raises:
        UnsafeFileError: if the workbook carries a digital signature.
    """
    differing = tuple(
        chart
        for chart in changes.charts
        if set_chart(package, chart.name, chart.series) is not package
    )
    return replace(changes, charts=differing)


def _by_sheet(cells: Sequence[CellChange]) -> dict[str, list[CellChange]]:
    sheets: defaultdict[str, list[CellChange]] = defaultdict(list)
    for cell in cells:
        sheets[cell.sheet].append(cell)
    return sheets


def _heights_by_sheet(heights: Sequence[RowHeight]) -> dict[str, dict[int, float | None]]:
    sheets: defaultdict[str, dict[int, float | None]] = defaultdict(dict)
    for height in heights:
        sheets[height.sheet][height.row] = height.points
    return sheets


def _patch(change: CellChange) -> CellPatch:
    wanted = change.wanted
    return CellPatch(change.row, change.column, wanted.value, wanted.formula, change.style)


def owner_of(path: Path) -> str | None:
    """Tell who has a workbook open in Excel, from the owner file that Excel lays beside it."""
    owner_file = path.with_name(f"~${path.name}")
    try:
        data = owner_file.read_bytes()
    except OSError:
        return None
    # The first byte counts the characters of the name that follow it.
    name = data[1 : 1 + data[0]].decode("latin-1", "replace").strip() if data else ""
    return name or "somebody"


def refuse_if_open(path: Path) -> None:
    """Stop before a workbook that somebody has open is changed under their hands.

    Raises:
        UnsafeFileError: if Excel's owner file lies beside it.
    """
    owner = owner_of(path)
    if owner is not None:
        raise UnsafeFileError(
            f"{path} is open in Excel ({owner}), so it was left as it is. Close it there and try "
            "again. If nobody has it open, add --ignore-owner-file."
        )


def previous_name(path: Path) -> Path:
    """Give the name under which the file before is kept: `budget.previous.xlsx`."""
    return path.with_name(f"{path.stem}.previous{path.suffix}")


def write_package(
    package: Package, path: Path, *, keep_previous: bool = False, expected: bytes | None = None
) -> None:
    """Write a workbook whole or not at all.

    Args:
        package: the workbook's parts.
        path: where to.
        keep_previous: whether the file that stands there is kept beside it.
        expected: what the file must still hold; None to write whatever is there.

    Raises:
        UnsafeFileError: if the file has changed since it was read.
        MisuseError: if it cannot be written there.
    """
    write_file(package_bytes(package), path, keep_previous=keep_previous, expected=expected)


def write_file(
    data: bytes, path: Path, *, keep_previous: bool = False, expected: bytes | None = None
) -> None:
    """Write a file whole or not at all; see `write_package`."""
    try:
        # A link keeps pointing where it points; the file behind it is replaced.
        _write(data, path.resolve(), keep_previous=keep_previous, expected=expected)
    except PermissionError as error:
        raise MisuseError(
            f"{path} cannot be written: it is read-only, or open in Excel, or its folder is "
            "closed to you. Nothing was changed."
        ) from error
    except OSError as error:
        raise MisuseError(
            f"{path} cannot be written: {error.strerror or error}. Nothing was changed."
        ) from error


def _write(data: bytes, path: Path, *, keep_previous: bool, expected: bytes | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
        raise PermissionError(path)
    handle, name = tempfile.mkstemp(prefix=".xlframework-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if expected is not None and path.read_bytes() != expected:
            raise UnsafeFileError(
                f"{path} was changed by another program while it was being refreshed, so it was "
                "left as it is. Try again."
            )
        if path.exists():
            shutil.copymode(path, temporary)
            if keep_previous:
                _keep_previous(path)
        else:
            temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()


def _keep_previous(path: Path) -> None:
    """Copy the file before it is replaced, so that neither name is ever missing."""
    copy = path.with_name(f".{path.name}.previous.tmp")
    shutil.copy2(path, copy)
    copy.replace(previous_name(path))
