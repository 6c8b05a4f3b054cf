"""Finds amounts whose formula leads back to itself, which Excel takes for nought."""

import re
from collections.abc import Iterator, Mapping

from xlframework.ground.place import LAST_COLUMN, LAST_ROW, Area, column_number, meet
from xlframework.sheets.snapshot import Snapshot, TableView

Position = tuple[int, int]

_TEXT = re.compile(r'"[^"]*"')
_RANGE = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'!|[\w.]+!)?"
    r"(?P<range>\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?)(?![\w(])",
    re.IGNORECASE,
)
_TABLE = re.compile(r"(?P<table>\w+)?\[(?P<inside>(?:[^\[\]]|\[[^\[\]]*\])*)\]")

# A whole column or row: Sections!D:D, Sections!5:5.
_WHOLE = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'!|[\w.]+!)?(?<![\w$.])"
    r"\$?(?P<first>[A-Z]{1,3}|[0-9]{1,7}):\$?(?P<last>[A-Z]{1,3}|[0-9]{1,7})(?![\w(:])",
    re.IGNORECASE,
)


def circular_cells(snapshot: Snapshot) -> frozenset[Position]:
    """Find the amount cells of `Lines` whose formula depends on its own result.

    Followed are references between amount cells of the table, by address or by column,
    and to the tables that we work out from the lines, by name or by address. A circle that
    runs through other cells of the team's is not seen.

    Args:
        snapshot: of the workbook.
    """
    view = snapshot.tables["Lines"]
    cells = {
        (row, view.columns[str(column)]): formula
        for column in view.amounts
        for row in view.rows
        if (formula := view.cell(row, str(column)).formula) is not None
    }
    leads = {
        position: frozenset(_leads_to(formula, position, view, cells))
        for position, formula in cells.items()
    }
    through = {position for position, formula in cells.items() if _is_from_lines(formula, snapshot)}
    return frozenset(
        position for position in cells if position in through or _comes_back(position, leads)
    )


def _leads_to(
    formula: str, own: Position, view: TableView, cells: Mapping[Position, str]
) -> Iterator[Position]:
    """Give the formula cells among the amounts that a formula refers to."""
    for area in _areas(_TEXT.sub("", formula), own, view):
        yield from (position for position in cells if area.holds(*position))


def _areas(formula: str, own: Position, view: TableView) -> Iterator[Area]:
    data = view.table.data
    for match in _TABLE.finditer(formula):
        if (match["table"] or "lines").casefold() != view.table.name.casefold():
            continue
        inside = match["inside"]
        only_row = "#this row" in inside.casefold() or inside.startswith("@")
        rows = (own[0], own[0]) if only_row else (data.first_row, data.last_row)
        for header, column in view.columns.items():
            if header.casefold() in inside.casefold():
                yield Area(rows[0], column, rows[1], column)
    yield from (
        area for sheet, area in _addresses(formula) if sheet in {"", view.sheet.name.casefold()}
    )


def _is_from_lines(formula: str, snapshot: Snapshot) -> bool:
    """Tell whether a formula refers to figures that we work out from the lines."""
    plain = _TEXT.sub("", formula)
    named = [(match["table"] or "", match["inside"]) for match in _TABLE.finditer(plain)]
    addresses = list(_addresses(plain))
    return any(
        any(_names(view, columns, table, inside) for table, inside in named)
        or any(_holds(view, columns, sheet, area) for sheet, area in addresses)
        for view, columns in _worked_out(snapshot)
    )


def _worked_out(snapshot: Snapshot) -> Iterator[tuple[TableView, frozenset[str]]]:
    """Give the tables with figures from the lines, and which of their columns hold them."""
    sections = snapshot.tables["Sections"]
    yield sections, frozenset(str(column) for column in sections.amounts)
    allocation = snapshot.tables["Allocation"]
    yield allocation, frozenset({"In Lines", "Difference"} & set(allocation.columns))
    figures = snapshot.tables["Figures"]
    yield figures, frozenset({"Computed", "Difference", "Status"} & set(figures.columns))
    for view in (snapshot.tables["Summary"], *snapshot.appendices.values()):
        yield view, frozenset(view.columns)


def _names(view: TableView, columns: frozenset[str], table: str, inside: str) -> bool:
    """Tell whether a reference by table name takes in one of the columns."""
    if table.casefold() != view.table.name.casefold():
        return False
    said = inside.casefold()
    others = [header for header in view.columns if header not in columns]
    # A reference that names no column takes in the whole table.
    is_whole = not any(header.casefold() in said for header in view.columns)
    return is_whole or any(
        column.casefold() in said
        for column in columns
        if not any(column in other and other.casefold() in said for other in others)
    )


def _holds(view: TableView, columns: frozenset[str], sheet: str, area: Area) -> bool:
    """Tell whether an address takes in one of the columns."""
    data = view.table.data
    return sheet == view.sheet.name.casefold() and any(
        meet(area, Area(data.first_row, view.columns[column], data.last_row, view.columns[column]))
        for column in columns
    )


def _addresses(formula: str) -> Iterator[tuple[str, Area]]:
    """Give the ranges of a formula with the sheet that each names, folded; blank for its own."""
    without_tables = _TABLE.sub(" ", formula)
    for match in _RANGE.finditer(without_tables):
        try:
            yield _sheet_of(match), Area.parse(match["range"])
        except ValueError:
            continue
    for match in _WHOLE.finditer(without_tables):
        first, last = match["first"], match["last"]
        if first.isdigit() and last.isdigit():
            yield _sheet_of(match), Area(int(first), 1, int(last), LAST_COLUMN)
        elif first.isalpha() and last.isalpha():
            columns = column_number(first), column_number(last)
            yield _sheet_of(match), Area(1, columns[0], LAST_ROW, columns[1])


def _sheet_of(match: re.Match[str]) -> str:
    return (match["sheet"] or "").rstrip("!").strip("'").replace("''", "'").casefold()


def _comes_back(start: Position, leads: Mapping[Position, frozenset[Position]]) -> bool:
    seen: set[Position] = set()
    waiting = list(leads[start])
    while waiting:
        position = waiting.pop()
        if position == start:
            return True
        if position not in seen:
            seen.add(position)
            waiting.extend(leads[position])
    return False
