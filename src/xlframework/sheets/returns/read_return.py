"""Reads a submitted file, once and whole, into a return, or says why it is none."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from xlframework.ground.errors import XlframeworkError
from xlframework.ground.place import Area, meet
from xlframework.model.form import Form
from xlframework.model.returns import Entry, FormulaState, Refused, Return, Structure
from xlframework.sheets.package.parts import relationships
from xlframework.sheets.package.records import Book, Package
from xlframework.sheets.returns.find_cells import FoundCell, find_cells, stated_form
from xlframework.sheets.returns.find_table import FoundTable, copies_of, extent, find_table
from xlframework.sheets.returns.formula_text import field_formula
from xlframework.sheets.returns.opening import has_macros, open_submission
from xlframework.sheets.returns.read_entry import read_entry
from xlframework.sheets.returns.read_rows import FoundRows, read_rows, state_of, surroundings

# The sheets of a form that it hides itself.
_HIDDEN_SHEETS = frozenset({"lists"})

_EXTERNAL = re.compile(r"xl/externalLinks/[^/]+\.xml\Z", re.IGNORECASE)
_SAVED = re.compile(rb"<dcterms:modified[^>]*>\s*([0-9T:.Z+-]{10,32})\s*<")
_CORE = "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted file as read.

    Attributes:
        package: its parts; None where it could not be opened.
        book: the workbook; None likewise.
        given: the return, or why it is none.
    """

    package: Package | None
    book: Book | None
    given: Return | Refused


def read_submission(data: bytes, file: str, forms: tuple[Form, ...]) -> Submission:
    """Read a submitted file.

    Args:
        data: its contents.
        file: its name as the person gave it.
        forms: those that it may be.

    Returns:
        What was read; nothing is raised for a bad file.
    """
    opened = open_submission(data, file, forms)
    if isinstance(opened, Refused):
        return Submission(None, None, opened)
    package, book = opened
    form, found = _recognise(book, forms)
    if form is None or found is None:
        return Submission(package, book, _no_form(file, book, form, forms))
    return Submission(package, book, _read(package, book, file, form, found))


def _recognise(book: Book, forms: tuple[Form, ...]) -> tuple[Form | None, FoundTable | None]:
    """Tell the form: by the id that it states, else by its table."""
    names = [spec.name for form in forms for spec in form.field if spec.role == "form"]
    stated = stated_form(book, names).casefold()
    ordered = sorted(forms, key=lambda form: form.name.casefold() != stated)
    for form in ordered:
        found = find_table(book, form)
        if found is not None:
            return form, found
    return next((form for form in forms if form.name.casefold() == stated), None), None


def _no_form(file: str, book: Book, form: Form | None, forms: tuple[Form, ...]) -> Refused:
    if form is not None:
        message = (
            f"the workbook says that it is {form.title!r}, but its table {form.table.name} is gone"
        )
        fix = "Copy the figures into a fresh form, without cutting anything out of it."
        return Refused(file, "no form", message, fix, opened=True)
    titles = " or ".join(repr(each.title) for each in forms) or "of any kind"
    sheets = ", ".join(sheet.name for sheet in book.sheets[:3])
    message = f"the workbook is none of the forms ({titles}); its sheets are {sheets or 'none'}"
    return Refused(file, "no form", message, opened=True)


def _read(package: Package, book: Book, file: str, form: Form, found: FoundTable) -> Return:
    cells = find_cells(book, form, found.sheet, found.row)
    rows = read_rows(book, form, found, cells)
    last = max((row.number for row in rows.rows if row.filled), default=found.row + 1)
    fields = dict(_fields(book, form, found, cells, last))
    version = next((spec.name for spec in form.field if spec.role == "version"), "")
    stated = fields.get(version)
    return Return(
        file=file,
        form=form.name,
        version="" if stated is None else stated.text.strip(),
        fields=fields,
        rows=rows.rows,
        structure=_structure(package, book, form, found, rows=rows, cells=cells),
        saved=_saved(package),
    )


def _fields(
    book: Book, form: Form, found: FoundTable, cells: Mapping[str, FoundCell], last: int
) -> Iterator[tuple[str, Entry]]:
    around = surroundings(form, found, cells, last)
    for spec in form.field:
        cell = cells.get(spec.name)
        if cell is None:
            continue
        state: FormulaState | None = None
        if spec.formula is not None:
            stored = cell.sheet.cell(cell.row, cell.column)
            state = state_of(stored, field_formula(form, spec), cell.row, around)
        entry = read_entry(
            book,
            cell.sheet,
            cell.row,
            cell.column,
            spec,
            largest=form.limits.largest,
            state=state,
        )
        yield spec.name, entry


def _structure(  # noqa: PLR0913 - the parts of a return
    package: Package,
    book: Book,
    form: Form,
    found: FoundTable,
    *,
    rows: FoundRows,
    cells: Mapping[str, FoundCell],
) -> Structure:
    matched = found.columns
    fields = [cell for cell in cells.values() if cell.sheet.name == found.sheet.name]
    return Structure(
        sheet=found.sheet.name,
        sheet_position=[sheet.name for sheet in book.sheets].index(found.sheet.name),
        table=extent(found),
        area=rows.area,
        headers=found.headers,
        missing=tuple(header for header in form.table.headers if header not in matched),
        missing_names=tuple(
            spec.name for spec in form.field if spec.name not in cells or cells[spec.name].by_label
        ),
        below=rows.below,
        merged=tuple(_merged(found, rows.area, fields)),
        hidden_sheets=tuple(
            sheet.name
            for sheet in book.sheets
            if sheet.visibility != "visible" and sheet.name.casefold() not in _HIDDEN_SHEETS
        ),
        hidden_rows=_hidden_rows(form, found, rows.area, cells),
        hidden_columns=tuple(
            sorted(each for each in found.sheet.hidden_columns if each <= rows.area.last_column)
        ),
        links=_links(package),
        macros=has_macros(package.parts),
        copies=copies_of(book, form, found),
    )


def _merged(found: FoundTable, area: Area, fields: list[FoundCell]) -> Iterator[Area]:
    for merged in sorted(found.sheet.merged):
        if meet(merged, area) or any(merged.holds(cell.row, cell.column) for cell in fields):
            yield merged


def _hidden_rows(
    form: Form, found: FoundTable, area: Area, cells: Mapping[str, FoundCell]
) -> tuple[int, ...]:
    own = {cells[spec.name].row for spec in form.field if spec.hidden and spec.name in cells}
    if not own:
        # Their names and labels are gone; they stood between the title and the rest.
        first = min((cell.row for cell in cells.values()), default=area.first_row)
        own = set(range(1, first))
    return tuple(
        sorted(row for row in found.sheet.hidden_rows if row <= area.last_row and row not in own)
    )


def _links(package: Package) -> tuple[str, ...]:
    """List the other workbooks that a file refers to; none of them is opened."""
    targets: list[str] = []
    for part in sorted(name for name in package.parts if _EXTERNAL.match(name)):
        try:
            links = relationships(package, part)
        except XlframeworkError:
            links = ()
        outside = [link.target for link in links if link.external]
        targets += [_file_of(target) for target in outside] or ["another file"]
    if any(name.casefold().startswith("xl/connections") for name in package.parts):
        targets.append("a data connection")
    return tuple(dict.fromkeys(targets))


def _file_of(target: str) -> str:
    plain = unquote(target).replace("\\", "/").rstrip("/")
    return posixpath.basename(plain) or plain or "another file"


def _saved(package: Package) -> str:
    match = _SAVED.search(package.parts.get(_CORE, b""))
    return "" if match is None else match[1].decode("ascii")
