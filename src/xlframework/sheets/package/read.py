"""Reads a whole workbook into plain records."""

import io
from collections.abc import Mapping

from lxml import etree

from xlframework.sheets.package.cell_values import rich_text
from xlframework.sheets.package.chart_frames import chart_names
from xlframework.sheets.package.container import damaged
from xlframework.sheets.package.escapes import decode
from xlframework.sheets.package.occupied import occupied
from xlframework.sheets.package.parts import SheetEntry, related, sheet_entries, workbook_part
from xlframework.sheets.package.ranges import area_of
from xlframework.sheets.package.read_sheet import read_contents
from xlframework.sheets.package.records import Book, DefinedName, Package, Sheet, Table
from xlframework.sheets.package.styles import date_styles
from xlframework.sheets.package.xml import Element, is_true, main, parse_part


def read_book(package: Package) -> Book:
    """Read a workbook whole: cells, formulas, styles, tables, names and what is hidden.

    Raises:
        UnreadableFileError: if a part is missing or damaged, naming it and the cell.
    """
    workbook = parse_part(package, workbook_part(package))
    entries = sheet_entries(package)
    _refuse_same_names(package, entries)
    worksheets = [entry for entry in entries if entry.kind == "worksheet"]
    tables = {entry.name: _tables(package, entry) for entry in worksheets}
    date_1904 = _date_1904(workbook)
    strings = _shared_strings(package)
    return Book(
        file=package.file,
        sheets=tuple(_sheet(package, entry, tables, strings, date_1904) for entry in worksheets),
        tables=tuple(table for entry in worksheets for table in tables[entry.name]),
        names=tuple(
            _name(package, stored, entries)
            for stored in workbook.iterfind(f"{main('definedNames')}/{main('definedName')}")
        ),
        date_1904=date_1904,
        date_styles=date_styles(package),
        charts=chart_names(package),
    )


def _refuse_same_names(package: Package, entries: tuple[SheetEntry, ...]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.name.casefold() in seen:
            raise damaged(package.file, f"two sheets are called {entry.name}")
        seen.add(entry.name.casefold())


def _sheet(
    package: Package,
    entry: SheetEntry,
    tables: Mapping[str, tuple[Table, ...]],
    strings: list[str],
    date_1904: bool,  # noqa: FBT001 - handed on as it was read
) -> Sheet:
    contents = read_contents(
        package,
        entry.part,
        entry.name,
        strings=strings,
        date_1904=date_1904,
        tables=[table.area for table in tables[entry.name]],
    )
    return Sheet(
        name=entry.name,
        part=entry.part,
        visibility=entry.visibility,
        cells=contents.cells,
        merged=contents.merged,
        hidden_rows=contents.hidden_rows,
        widths=contents.widths,
        heights=contents.heights,
        fixed_heights=contents.fixed_heights,
        hidden_columns=contents.hidden_columns,
        validations=contents.validations,
        occupied=(*occupied(package, entry.part), *contents.sparklines),
    )


def _date_1904(workbook: Element) -> bool:
    settings = workbook.find(main("workbookPr"))
    return settings is not None and is_true(settings, "date1904")


def _shared_strings(package: Package) -> list[str]:
    """Read the shared texts, forgetting each piece of XML once its text is taken."""
    texts: list[str] = []
    for part in related(package, workbook_part(package), "sharedStrings")[:1]:
        try:
            for _, item in etree.iterparse(
                io.BytesIO(package.parts[part]),
                events=("end",),
                tag=main("si"),
                huge_tree=True,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
            ):
                texts.append(rich_text(item))
                item.clear()
        except etree.XMLSyntaxError as error:
            raise damaged(package.file, f"part {part} is not well-formed") from error
    return texts


def _tables(package: Package, entry: SheetEntry) -> tuple[Table, ...]:
    return tuple(
        _table(package, part, entry.name) for part in related(package, entry.part, "table")
    )


def _table(package: Package, part: str, sheet: str) -> Table:
    root = parse_part(package, part)
    try:
        table = Table(
            name=root.get("displayName", root.get("name", "")),
            sheet=sheet,
            part=part,
            area=area_of(root.get("ref", "")),
            columns=tuple(decode(column.get("name", "")) for column in table_columns(root)),
            header_rows=int(root.get("headerRowCount", "1")),
            totals_rows=int(root.get("totalsRowCount", "0")),
        )
    except ValueError as error:
        raise damaged(package.file, f"part {part} is a table without a proper range") from error
    width = table.area.last_column - table.area.first_column + 1
    if len(table.columns) != width or not {table.header_rows, table.totals_rows} <= {0, 1}:
        raise damaged(package.file, f"part {part}: the columns of table {table.name} do not fit it")
    return table


def table_columns(root: Element) -> list[Element]:
    """List a table's column elements in order."""
    return root.findall(f"{main('tableColumns')}/{main('tableColumn')}")


def _name(package: Package, stored: Element, entries: tuple[SheetEntry, ...]) -> DefinedName:
    name, index = stored.get("name", ""), stored.get("localSheetId")
    if index is not None and not (index.isdecimal() and int(index) < len(entries)):
        raise damaged(package.file, f"the name {name} belongs to a sheet that is not there")
    return DefinedName(
        name=name,
        refers_to=stored.text or "",
        sheet=None if index is None else entries[int(index)].name,
        hidden=is_true(stored, "hidden"),
    )
