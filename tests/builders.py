"""Small budgets, layouts and workbooks for the tests, made in memory."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from xlframework.appendix.layout import Column, Layout
from xlframework.commands.workbook import Declared, read_declared
from xlframework.ground.financial_year import AmountColumn
from xlframework.ground.place import Area, cell_name, parse_cell
from xlframework.model.budget import (
    Amount,
    Budget,
    Line,
    Origin,
    Section,
    Unread,
    UnreadReason,
    Word,
)
from xlframework.model.catalogue import Catalogue
from xlframework.model.workbook import WorkbookSpec
from xlframework.sheets.change import Wanted, WantedTable
from xlframework.sheets.obstacles import Desk
from xlframework.sheets.package.container import open_package
from xlframework.sheets.package.patch_cells import patch_cells
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import (
    Book,
    Cell,
    CellPatch,
    Package,
    Sheet,
    Table,
    TableColumn,
    Value,
)
from xlframework.sheets.palette import COLUMN_KINDS, ROW_KINDS, Look, Palette
from xlframework.sheets.snapshot import Snapshot, TableView, view_of
from xlframework.sheets.structure import take_snapshot

ROOT = Path(__file__).resolve().parent.parent
YEAR = "2024/25 Budget"
NEXT_YEAR = "2025/26 Budget"

# Where each header of a hand-made line or section stands on its sheet.
LINE_COLUMNS = {
    header: column
    for column, header in enumerate(
        ("Line ID", "Order", "Block", "Section", "Service", "Term", "Area code", "Shared with"),
        start=1,
    )
} | {YEAR: 9, NEXT_YEAR: 10}
SECTION_COLUMNS = {"Order": 1, "Block": 2, "Section": 3, YEAR: 4, NEXT_YEAR: 5}


@cache
def declared() -> Declared:
    return read_declared(ROOT / "templates")


def catalogue() -> Catalogue:
    return declared().catalogue


def workbook_spec() -> WorkbookSpec:
    return declared().workbook


# --- budgets ---------------------------------------------------------------------------


def unread(reason: UnreadReason = "text", shown: str = "n/a") -> Unread:
    return Unread(reason, shown)


def line(
    line_id: str = "L1",
    amounts: Mapping[str, Amount] | Amount = None,
    *,
    order: int | None = 10,
    block: str = "Commissioning",
    section: str = "Victims",
    area_code: str = "",
    shared_with: str = "",
    row: int = 5,
    words: Mapping[str, Word] | None = None,
) -> Line:
    """Give a line; one amount alone stands in the first year."""
    return Line(
        line_id=line_id,
        order=None if order is None else Decimal(order),
        block=block,
        section=section,
        area_code=area_code,
        shared_with=shared_with,
        words={"Service": f"Service {line_id}", "Section": section, **(words or {})},
        amounts=amounts if isinstance(amounts, Mapping) else {YEAR: amounts},
        origin=Origin("budget.xlsx", "Lines", row, LINE_COLUMNS),
    )


def section(
    name: str = "Victims",
    entered: Mapping[str, Amount] | None = None,
    *,
    order: int | None = 10,
    block: str = "Commissioning",
    row: int = 5,
) -> Section:
    return Section(
        None if order is None else Decimal(order),
        block,
        name,
        entered or {},
        Origin("budget.xlsx", "Sections", row, SECTION_COLUMNS),
    )


def budget(
    lines: Sequence[Line] = (),
    sections: Sequence[Section] = (),
    *,
    headers: Sequence[str] = (YEAR,),
    area_codes: Sequence[str] = (),
    lists: Mapping[str, tuple[str, ...]] | None = None,
) -> Budget:
    return Budget(
        tuple(AmountColumn.parse(header) for header in headers),
        tuple(lines),
        tuple(sections),
        frozenset(area_codes),
        lists or {},
    )


def layout(
    *columns: Column, name: str = "test-table", title: str = "A table", sheet: str = "Table"
) -> Layout:
    """Give a layout without headings and totals; `msgspec.structs.replace` adds them."""
    return Layout(
        name=name,
        title=title,
        sheet=sheet,
        description="A table for a test.",
        source="Nowhere.",
        column=columns,
    )


# --- workbooks -------------------------------------------------------------------------


@cache
def committed_package() -> Package:
    """The workbook of the 2024-25 edition as it is committed."""
    return open_package(ROOT / "workbook" / "commissioning.xlsx")


@cache
def committed_book() -> Book:
    return read_book(committed_package())


def patched(changes: Mapping[str, Mapping[str, Value | Cell]]) -> Package:
    """Give the committed workbook with some cells changed, by sheet and address."""
    package = committed_package()
    for name, cells in changes.items():
        sheet = committed_book().sheet(name)
        assert sheet is not None
        patches = [_patch(address, content) for address, content in cells.items()]
        package = patch_cells(package, sheet.part, patches)
    return package


def _patch(address: str, content: Value | Cell) -> CellPatch:
    row, column = parse_cell(address)
    if isinstance(content, Cell):
        return CellPatch(row, column, content.value, content.formula, content.style)
    return CellPatch(row, column, content)


def patched_book(changes: Mapping[str, Mapping[str, Value | Cell]]) -> Book:
    return read_book(patched(changes))


def snapshot(book: Book | None = None) -> Snapshot:
    found, findings = take_snapshot(book or committed_book(), workbook_spec(), catalogue())
    assert found is not None, findings
    return found


def table_cell(table: str, header: str, number: int = 0) -> str:
    """Give the address of a cell of the committed workbook: row `number` of a table's data."""
    view = snapshot().tables[table]
    return cell_name(view.table.data.first_row + number, view.columns[header])


# --- hand-made books -------------------------------------------------------------------


def cells_of(*rows: Sequence[Value | Cell], top: int = 1) -> dict[tuple[int, int], Cell]:
    """Lay rows out from column A on; None leaves a cell out."""
    return {
        (row, column): content if isinstance(content, Cell) else Cell(content)
        for row, contents in enumerate(rows, start=top)
        for column, content in enumerate(contents, start=1)
        if content is not None
    }


def sheet_of(cells: Mapping[tuple[int, int], Cell], name: str = "Sheet") -> Sheet:
    return Sheet(name, "xl/worksheets/sheet1.xml", "visible", cells)


def table_of(area: str, *columns: str, name: str = "Checks", sheet: str = "Sheet") -> Table:
    return Table(name, sheet, "xl/tables/table1.xml", Area.parse(area), columns)


def book_of(*sheets: Sheet, tables: Sequence[Table] = ()) -> Book:
    return Book("budget.xlsx", sheets, tuple(tables))


def view(*rows: Sequence[Value | Cell], name: str = "Sections") -> TableView:
    """Give a table that fills a sheet of its own from A1 on, its headers in the first row."""
    headers = [str(header) for header in rows[0]]
    area = Area(1, 1, len(rows), len(headers))
    table = Table(name, name, "xl/tables/table1.xml", area, tuple(headers))
    found = view_of(book_of(sheet_of(cells_of(*rows), name), tables=(table,)), table)
    assert found is not None
    return found


@cache
def palette() -> Palette:
    """Give a palette in which every crossing has a style index of its own."""
    looks = [Look(row, column) for row in ROW_KINDS for column in COLUMN_KINDS]
    return Palette({look: number for number, look in enumerate(looks, start=1)})


def desk(book: Book) -> Desk:
    return Desk(book, palette(), catalogue())


def wanted_table(*rows: Sequence[Value], name: str = "Checks") -> WantedTable:
    """Give a table without looks, its headers in the first row."""
    return WantedTable(
        name,
        tuple(TableColumn(str(header)) for header in rows[0]),
        tuple(Wanted(header) for header in rows[0]),
        tuple(tuple(Wanted(value) for value in row) for row in rows[1:]),
    )
