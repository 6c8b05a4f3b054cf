"""Reads the budget from a snapshot: lines, sections, area codes and drop-down lists."""

from collections.abc import Iterator

from xlframework.model.budget import Amount, Budget, Line, Origin, Section, Unread
from xlframework.model.workbook import WorkbookSpec
from xlframework.sheets.cells import is_entered, read_amount, read_order, read_word, shown
from xlframework.sheets.circles import circular_cells
from xlframework.sheets.package.records import Book
from xlframework.sheets.snapshot import NamedCell, Snapshot, TableView

# The words of these columns are checked by rules of their own.
OWN_RULES = frozenset({"Block", "Section", "Area code"})


def read_budget(snapshot: Snapshot, spec: WorkbookSpec) -> Budget:
    """Read everything that subtotals and tables are made from.

    Args:
        snapshot: of the workbook.
        spec: tells which columns are filled from a list.

    Returns:
        The budget; an amount that cannot be read is `Unread`, never nought.
    """
    lines, sections, areas = (snapshot.tables[name] for name in ("Lines", "Sections", "Areas"))
    book = snapshot.book
    circles = circular_cells(snapshot)
    return Budget(
        columns=lines.amounts,
        lines=tuple(_line(book, lines, row, circles) for row in lines.rows),
        sections=tuple(_section(book, sections, row, lines.sheet.name) for row in sections.rows),
        area_codes=frozenset(areas.text(row, "Area code").strip() for row in areas.rows),
        lists=dict(_lists(snapshot, spec)),
    )


def _origin(book: Book, view: TableView, row: int) -> Origin:
    return Origin(book.file, view.sheet.name, row, view.columns)


def _line(book: Book, view: TableView, row: int, circles: frozenset[tuple[int, int]]) -> Line:
    amounts: dict[str, Amount] = {}
    for column in view.amounts:
        cell = view.cell(row, str(column))
        is_circular = (row, view.columns[str(column)]) in circles
        amounts[str(column)] = (
            Unread("circular", f"={cell.formula}") if is_circular else read_amount(book, cell)
        )
    words = {
        header: read_word(book, view.sheet.cell(row, column))
        for header, column in view.columns.items()
        if header not in amounts
    }

    def text(header: str) -> str:
        return view.text(row, header)

    return Line(
        line_id=text("Line ID").strip(),
        order=read_order(view.cell(row, "Order")),
        block=text("Block"),
        section=text("Section"),
        area_code=text("Area code").strip(),
        shared_with=text("Shared with").strip(),
        words=words,
        amounts=amounts,
        origin=_origin(book, view, row),
    )


def _section(book: Book, view: TableView, row: int, lines_sheet: str) -> Section:
    entered = {
        str(column): read_amount(book, view.cell(row, str(column)))
        for column in view.amounts
        if is_entered(view.cell(row, str(column)), lines_sheet)
    }
    return Section(
        order=read_order(view.cell(row, "Order")),
        block=view.text(row, "Block"),
        name=view.text(row, "Section"),
        entered={header: amount for header, amount in entered.items() if amount is not None},
        origin=_origin(book, view, row),
    )


def _lists(snapshot: Snapshot, spec: WorkbookSpec) -> Iterator[tuple[str, tuple[str, ...]]]:
    ranges = {each.name: each.range_name for each in spec.list}
    for column in spec.table("Lines").column:
        named = snapshot.names.get(ranges.get(column.list or "", ""))
        if named is not None and column.header not in OWN_RULES:
            yield column.header, tuple(list_items(named))


def list_items(first: NamedCell) -> Iterator[str]:
    """Give the items of a list from its first cell down to the first blank one."""
    row = first.row
    while item := shown(first.sheet.cell(row, first.column).value).strip():
        yield item
        row += 1
