"""Checks that a workbook has the structure of a commissioning workbook, and takes its snapshot."""

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from xlframework.ground.errors import UnreadableFileError
from xlframework.ground.finding import Finding
from xlframework.ground.place import Place, cell_name
from xlframework.model.catalogue import Catalogue
from xlframework.model.workbook import TableSpec, WorkbookSpec
from xlframework.sheets.cells import read_word
from xlframework.sheets.package.records import Book, Table
from xlframework.sheets.palette import CORNER_NAME, SHEET, Palette, read_palette
from xlframework.sheets.snapshot import (
    NamedCell,
    Snapshot,
    TableView,
    amount_column,
    appendix_views,
    find_names,
    header_text,
    view_of,
)


def take_snapshot(
    book: Book, spec: WorkbookSpec, catalogue: Catalogue
) -> tuple[Snapshot | None, tuple[Finding, ...]]:
    """Find everything that our commands work with.

    Args:
        book: the workbook.
        spec: what a commissioning workbook has.
        catalogue: for the findings.

    Returns:
        The snapshot, or None where something is missing, and the findings about
        the structure.

    Raises:
        UnreadableFileError: if the workbook has none of our tables.
    """
    declared = {table.name.casefold() for table in spec.tables}
    if not any(table.name.casefold() in declared for table in book.tables):
        raise UnreadableFileError(
            f"{book.file} is not a commissioning workbook: it has no table named Lines. "
            "Choose another file, or make a workbook with: xlframework new"
        )
    findings = [*_duplicate_tables(book, catalogue)]
    tables: dict[str, TableView] = {}
    for table_spec in spec.tables:
        view = _find_table(book, table_spec)
        if view is None and table_spec.optional:
            continue
        if view is None:
            findings.append(_missing_table(book, table_spec.name, catalogue))
        else:
            tables[table_spec.name] = view
            findings.extend(_column_findings(book, table_spec, view, catalogue))
    names = find_names(book)
    findings.extend(_missing_names(book, spec, names, catalogue))
    palette = _find_palette(book, names, catalogue)
    if isinstance(palette, Finding):
        findings.append(palette)
    stopped = catalogue.stopped_by(tuple(findings)) == "everything"
    if stopped or isinstance(palette, Finding):
        return None, tuple(findings)
    return Snapshot(book, tables, appendix_views(book), names, palette), tuple(findings)


def _find_table(book: Book, spec: TableSpec) -> TableView | None:
    for table in book.tables:
        if table.name.casefold() == spec.name.casefold():
            return view_of(book, table, spec.headers)
    return None


def _find_palette(
    book: Book, names: Mapping[str, NamedCell], catalogue: Catalogue
) -> Palette | Finding:
    corner = names.get(CORNER_NAME)
    if corner is None:
        return catalogue.finding(
            "palette-incomplete",
            Place(book.file),
            f"no cell is named {CORNER_NAME}, the top left corner of the grid on {SHEET}",
        )
    return read_palette(book, corner.sheet, (corner.row, corner.column), catalogue)


def _duplicate_tables(book: Book, catalogue: Catalogue) -> Iterator[Finding]:
    by_name: defaultdict[str, list[Table]] = defaultdict(list)
    for table in book.tables:
        by_name[table.name.casefold()].append(table)
    for tables in by_name.values():
        for table in tables[1:]:
            yield catalogue.finding(
                "table-duplicate",
                Place(book.file, table.sheet, str(table.area)),
                f"the table {table.name} has the same name as the table {tables[0].name} "
                f"on the sheet {tables[0].sheet}",
            )


def _missing_table(book: Book, name: str, catalogue: Catalogue) -> Finding:
    near = difflib.get_close_matches(name, [table.name for table in book.tables], 1)
    hint = f"; is it the table that is now called {near[0]}?" if near else ""
    return catalogue.finding(
        "table-missing",
        Place(book.file),
        f"there is no table named {name}{hint}",
        expected=name,
        found=near[0] if near else None,
    )


def _column_findings(
    book: Book, spec: TableSpec, view: TableView, catalogue: Catalogue
) -> Iterator[Finding]:
    header_row = view.table.area.first_row
    declared = {header.casefold() for header in spec.headers}
    others = [header for header in view.columns if header.casefold() not in declared]
    for header in () if spec.generated else spec.headers:
        if header not in view.columns:
            near = difflib.get_close_matches(header, others, 1)
            column = view.columns[near[0]] if near else view.table.area.first_column
            hint = f"; is it the one that is now called {near[0]!r}?" if near else ""
            yield catalogue.finding(
                "column-missing",
                Place(book.file, view.sheet.name, cell_name(header_row, column)),
                f"the table {spec.name} has no column {header!r}{hint}",
                expected=header,
                found=near[0] if near else None,
            )
    yield from _duplicate_columns(book, spec, view, catalogue)
    if spec.amounts and not spec.generated:
        for header in others:
            if header.strip()[:1].isdigit() and amount_column(header) is None:
                word = read_word(book, view.sheet.cell(header_row, view.columns[header]))
                said = f"the date {word:%d/%m/%Y}" if isinstance(word, date) else repr(header)
                yield catalogue.finding(
                    "amount-column-unread",
                    Place(book.file, view.sheet.name, cell_name(header_row, view.columns[header])),
                    f"the header {said} in {spec.name} is not read as a column of amounts",
                    expected="a header such as 2024/25 Budget",
                    found=str(word) or header,
                )


def _duplicate_columns(
    book: Book, spec: TableSpec, view: TableView, catalogue: Catalogue
) -> Iterator[Finding]:
    area = view.table.area
    headers = [
        header_text(view.sheet, view.table, column)
        for column in range(area.first_column, area.last_column + 1)
    ]
    folded = [str(amount_column(header) or header).casefold() for header in headers]
    for header, times in Counter(folded).items():
        if header and times > 1:
            offset = len(folded) - 1 - folded[::-1].index(header)
            yield catalogue.finding(
                "column-duplicate",
                Place(
                    book.file,
                    view.sheet.name,
                    cell_name(area.first_row, area.first_column + offset),
                ),
                f"the header {headers[offset]!r} stands {times} times in the table {spec.name}",
                found=headers[offset],
            )


def _missing_names(
    book: Book, spec: WorkbookSpec, names: Mapping[str, NamedCell], catalogue: Catalogue
) -> Iterator[Finding]:
    for cell in spec.cells:
        if cell.name not in names and cell.is_input:
            yield catalogue.finding(
                "name-missing",
                Place(book.file),
                f"no cell is named {cell.name}",
                expected=cell.name,
            )
