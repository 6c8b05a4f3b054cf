"""Finds the form's named cells: by their names, else by the labels to their left."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlframework.ground.folding import folded
from xlframework.ground.place import parse_cell
from xlframework.model.form import FieldSpec, Form
from xlframework.sheets.cells import shown
from xlframework.sheets.package.records import Book, DefinedName, Sheet

# The first cell that a name refers to: Return!$B$7 or 'Our return'!$B$7.
_FIRST_CELL = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!:]+))!(?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]{1,7})"
)

# Labels are looked for this far down and right.
_LAST_ROW, _LAST_COLUMN = 300, 60


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A named cell as found.

    Attributes:
        sheet: its sheet.
        row: from 1.
        column: from 1.
        by_label: whether its name was gone, or led to another cell than its label's.
    """

    sheet: Sheet
    row: int
    column: int
    by_label: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands there."""
        cell = self.sheet.cell(self.row, self.column)
        return cell.formula is None and not shown(cell.value).strip()


def find_cells(book: Book, form: Form, sheet: Sheet, before: int) -> Mapping[str, FoundCell]:
    """Find the named cells.

    Args:
        book: the workbook.
        form: the form.
        sheet: the sheet of its table, on which labels are looked for.
        before: the row of the table's headers, above which labels stand.

    Returns:
        Every cell that was found, by its declared name.
    """
    labels = _labels(sheet, before)
    names: dict[str, list[DefinedName]] = {}
    for name in book.names:
        names.setdefault(name.name.casefold(), []).append(name)
    found: dict[str, FoundCell] = {}
    for spec in form.field:
        named = _by_name(book, names.get(spec.name.casefold(), ()), sheet, form.sheet)
        labelled = _by_label(sheet, labels, spec)
        cell = _choose(named, labelled, spec)
        if cell is not None:
            found[spec.name] = cell
    return found


def stated_form(book: Book, names: Iterable[str]) -> str:
    """Give the text of the cell that a form's id stands in, where there is one."""
    wanted = {name.casefold() for name in names}
    for name in book.names:
        if name.name.casefold() in wanted:
            cell = _resolve(book, name)
            if cell is not None and not cell.is_blank:
                return shown(cell.sheet.cell(cell.row, cell.column).value).strip()
    return ""


def _choose(
    named: FoundCell | None, labelled: FoundCell | None, spec: FieldSpec
) -> FoundCell | None:
    """Prefer the name, unless it has come away from a cell that its label still stands by."""
    if named is None or labelled is None:
        return named or labelled
    if (named.row, named.column) == (labelled.row, labelled.column):
        return named
    has_label = _label_of(named) == folded(spec.label)
    return labelled if not has_label and (named.is_blank or not labelled.is_blank) else named


def _by_name(
    book: Book, names: Iterable[DefinedName], sheet: Sheet, issued: str
) -> FoundCell | None:
    """Follow a name: the workbook's own, else one of the form's sheet, else any.

    Some programs rename a sheet without its names, which then lead to the name it was issued by.
    """
    renamed = {folded(issued): sheet} if book.sheet(issued) is None else {}
    ordered = sorted(names, key=lambda name: (name.sheet is not None, name.sheet != sheet.name))
    found = (_resolve(book, name, renamed) for name in ordered)
    return next((cell for cell in found if cell is not None), None)


def _resolve(
    book: Book, name: DefinedName, renamed: Mapping[str, Sheet] | None = None
) -> FoundCell | None:
    match = _FIRST_CELL.match(name.refers_to.strip().lstrip("="))
    if match is None:
        return None
    called = (match["quoted"] or match["plain"]).replace("''", "'")
    sheet = book.sheet(called) or (renamed or {}).get(folded(called))
    try:
        row, column = parse_cell(match["cell"])
    except ValueError:
        return None
    return None if sheet is None else FoundCell(sheet, row, column)


def _labels(sheet: Sheet, before: int) -> Mapping[str, tuple[int, int]]:
    """Find the first cell of each text above the table."""
    found: dict[str, tuple[int, int]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row > min(before - 1, _LAST_ROW):
            break
        if column <= _LAST_COLUMN and isinstance(cell.value, str):
            found.setdefault(_plain(cell.value), (row, column))
    return found


def _by_label(
    sheet: Sheet, labels: Mapping[str, tuple[int, int]], spec: FieldSpec
) -> FoundCell | None:
    at = labels.get(folded(spec.label))
    return None if at is None else FoundCell(sheet, at[0], at[1] + 1, by_label=True)


def _label_of(cell: FoundCell) -> str:
    if cell.column == 1:
        return ""
    return _plain(shown(cell.sheet.cell(cell.row, cell.column - 1).value))


def _plain(text: str) -> str:
    return folded(text).removesuffix(":").rstrip()
