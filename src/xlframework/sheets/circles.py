"""Finds amounts whose formula leads back to itself, which Excel takes for nought."""

import re
from collections.abc import Iterator, Mapping

from xlframework.ground.place import Area, meet
from xlframework.sheets.snapshot import Snapshot, TableView

Position = tuple[int, int]

_TEXT = re.compile(r'"[^"]*"')
_RANGE = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'!|[\w.]+!)?"
    r"(?P<range>\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?)(?![\w(])",
    re.IGNORECASE,
)
_TABLE = re.compile(r"(?P<table>\w+)?\[(?P<inside>(?:[^\[\]]|\[[^\[\]]*\])*)\]")

# These are worked out from the lines, so a line that refers to them leads back to itself.
_FROM_LINES = frozenset({"sections", "summary"})


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
    """Tell whether a formula refers to a table that we work out from the lines."""
    plain = _TEXT.sub("", formula)
    tables = {(match["table"] or "").casefold() for match in _TABLE.finditer(plain)}
    generated = {
        view.table.name.casefold(): view
        for view in (*snapshot.tables.values(), *snapshot.appendices.values())
        if view.table.name.casefold() in _FROM_LINES or view.table.name in snapshot.appendices
    }
    if tables & set(generated):
        return True
    return any(
        sheet == view.sheet.name.casefold() and meet(area, view.table.area)
        for sheet, area in _addresses(plain)
        for view in generated.values()
    )


def _addresses(formula: str) -> Iterator[tuple[str, Area]]:
    """Give the ranges of a formula with the sheet that each names, folded; blank for its own."""
    for match in _RANGE.finditer(_TABLE.sub(" ", formula)):
        sheet = (match["sheet"] or "").rstrip("!").strip("'").replace("''", "'")
        try:
            yield sheet.casefold(), Area.parse(match["range"])
        except ValueError:
            continue


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
