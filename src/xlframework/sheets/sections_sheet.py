"""What `Sections` is to hold: live subtotals in every amount column, a row for each section."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from xlframework.ground.money import is_whole_pounds, pounds_decimal
from xlframework.model.budget import Section
from xlframework.rules.subtotals import SectionKey, SectionTotals, Totals, key_of
from xlframework.sheets.change import Wanted, WantedCell, WantedGrowth
from xlframework.sheets.package.records import TableColumn
from xlframework.sheets.palette import ColumnKind, Look
from xlframework.sheets.snapshot import TableView

_TABLE = "Sections"
_ROW_STEP = 1


def subtotal_formula(header: str) -> str:
    """Give the live subtotal of a section's row: its lines, by block and section together."""
    this_row = f"{_TABLE}[[#This Row],[{{}}]]"
    return (
        f"SUMIFS(Lines[{header}],Lines[Block],{this_row.format('Block')},"
        f"Lines[Section],{this_row.format('Section')})"
    )


def amount_kind(pence: Iterator[int] | tuple[int, ...]) -> ColumnKind:
    """Choose how a column of amounts shows: with pence as soon as one of them has any."""
    return "money" if all(is_whole_pounds(each) for each in pence) else "pence"


def growth(view: TableView, headers: tuple[str, ...], missing: tuple[Section, ...]) -> WantedGrowth:
    """Say which columns and rows `Sections` gains.

    Args:
        view: the table as it stands.
        headers: the amount columns of `Lines`.
        missing: sections that lines name and the table does not have.
    """
    columns = tuple(
        TableColumn(header, subtotal_formula(header))
        for header in headers
        if header not in view.columns
    )
    room = view.table.data.last_row - _last_used_row(view)
    return WantedGrowth(_TABLE, columns, max(0, len(missing) - room))


def wanted_cells(
    view: TableView,
    sections: tuple[Section, ...],
    missing: tuple[Section, ...],
    totals: Totals,
) -> Iterator[WantedCell]:
    """Give the cells of `Sections` that are ours.

    Args:
        view: the table as it stands.
        sections: the sections that it has.
        missing: sections to be added below them.
        totals: what every section comes to.
    """
    columns = _columns_after_growth(view, totals.headers)
    by_key = {(each.block.casefold(), each.section.casefold()): each for each in totals.sections}
    yield from _headers(view, columns)
    for section in sections:
        if not (section.block and section.name):
            continue
        yield from _subtotals(view, section.origin.row, columns, section, by_key)
    first = _last_used_row(view) + _ROW_STEP
    for row, section in enumerate(missing, start=first):
        yield from _new_row(view, row, section)
        yield from _subtotals(view, row, columns, section, by_key)


def _last_used_row(view: TableView) -> int:
    return max(view.rows, default=view.table.data.first_row - 1)


def _columns_after_growth(view: TableView, headers: tuple[str, ...]) -> Mapping[str, int]:
    fresh = [header for header in headers if header not in view.columns]
    first = view.table.area.last_column + 1
    added = {header: column for column, header in enumerate(fresh, start=first)}
    return {header: added.get(header) or view.columns[header] for header in headers}


def _headers(view: TableView, columns: Mapping[str, int]) -> Iterator[WantedCell]:
    for header, column in columns.items():
        if header not in view.columns:
            wanted = Wanted(header, None, Look("header", "money"))
            yield WantedCell(view.sheet.name, view.table.area.first_row, column, wanted)


def _subtotals(
    view: TableView,
    row: int,
    columns: Mapping[str, int],
    section: Section,
    by_key: Mapping[SectionKey, SectionTotals],
) -> Iterator[WantedCell]:
    totals = by_key[key_of(section)]
    for header, column in columns.items():
        if header in section.entered:
            continue
        pence = totals.pence[header]
        # A subtotal that is there keeps the look that the team gave it.
        known = view.sheet.cell(row, column)
        look = None if known.formula else Look("line", amount_kind((pence,)))
        wanted = Wanted(pounds_decimal(pence), subtotal_formula(header), look)
        yield WantedCell(view.sheet.name, row, column, wanted)


def _new_row(view: TableView, row: int, section: Section) -> Iterator[WantedCell]:
    order = section.order if section.order is not None else Decimal(0)
    words = (("Order", order, "number"), ("Block", section.block, "text"))
    last = ("Section", section.name, "text")
    for header, value, kind in (*words, last):
        look = Look("line", "number" if kind == "number" else "text")
        wanted = Wanted(value, None, look)
        yield WantedCell(view.sheet.name, row, view.columns[header], wanted)
