"""A second opinion: LibreOffice works out a workbook's formulas with our values taken away."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell

from office import resave
from xlframework.sheets.package.container import open_package, package_bytes

_FORMULA_CELL = re.compile(rb"(<c [^>]*>)(<f[^>]*>[^<]*</f>)<v>[^<]*</v>")

Position = tuple[str, str]


def without_values(workbook: Path, target: Path) -> int:
    """Copy a workbook without the values of its formulas, and count the formulas."""
    package = open_package(workbook)
    formulas = 0
    parts = dict(package.parts)
    for name, data in package.parts.items():
        if name.startswith("xl/worksheets/sheet"):
            # A text result is told by t="str", which makes no sense without its value.
            parts[name], found = _FORMULA_CELL.subn(
                lambda match: match[1].replace(b' t="str"', b"") + match[2], data
            )
            formulas += found
            assert b"</f><v>" not in parts[name]
    target.write_bytes(package_bytes(replace(package, parts=parts)))
    return formulas


def formula_values(
    workbook: Path, positions: frozenset[Position] | None = None
) -> Mapping[Position, object]:
    """Read the values of a workbook's formula cells with openpyxl."""
    if positions is None:
        book = openpyxl.load_workbook(workbook)
        positions = frozenset(
            (sheet.title, cell.coordinate)
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell, Cell) and cell.data_type == "f"
        )
    values = openpyxl.load_workbook(workbook, data_only=True)
    return {place: values[place[0]][place[1]].value for place in positions}


def assert_agrees(workbook: Path, folder: Path) -> int:
    """Fail unless LibreOffice gives every formula the value that the file holds."""
    (formulas,) = assert_all_agree([workbook], folder)
    return formulas


def assert_all_agree(workbooks: Sequence[Path], folder: Path) -> list[int]:
    """Fail unless LibreOffice, run once, agrees about every formula of every workbook.

    Args:
        workbooks: of different names.
        folder: where the copies without values go.

    Returns:
        How many formulas each workbook has.
    """
    stripped = [folder / f"stripped-{workbook.name}" for workbook in workbooks]
    formulas = [
        without_values(workbook, copy) for workbook, copy in zip(workbooks, stripped, strict=True)
    ]
    recalculated = resave(stripped, folder / "recalculated")
    differing: dict[tuple[str, Position], tuple[object, object]] = {}
    for workbook, again, number in zip(workbooks, recalculated, formulas, strict=True):
        ours = formula_values(workbook)
        theirs = formula_values(again, frozenset(ours))
        assert number == len(ours) > 0
        differing |= {
            (workbook.name, place): (value, theirs[place])
            for place, value in ours.items()
            if not _same(value, theirs[place])
        }
    assert not differing
    return formulas


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        # A formula adds up in binary; a hair is no difference, a tenth of a penny is.
        return math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-6)
    return ours is not None and ours == theirs
