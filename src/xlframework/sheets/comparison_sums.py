"""What the sheet `Summary` of a comparison is to hold: every section's sum, before and after."""

from collections.abc import Iterator
from decimal import Decimal

from xlframework.ground.money import pounds_decimal
from xlframework.ground.place import column_letters
from xlframework.rules.compare.records import Comparison, Movement
from xlframework.rules.compare.said import section_name
from xlframework.sheets.change import Wanted, WantedTable, header_cells
from xlframework.sheets.package.records import TableColumn
from xlframework.sheets.palette import ColumnKind, Look, RowKind
from xlframework.sheets.sections_sheet import amount_kind

TABLE = "Compared_sums"

_WORDS = ("Year", "Section")
_HEADERS = (*_WORDS, "Before", "After", "Change", "Change %")
_NO_SECTION = "no section"
_BEFORE = f"N({TABLE}[[#This Row],[Before]])"
_AFTER = f"N({TABLE}[[#This Row],[After]])"


def widths(comparison: Comparison) -> tuple[float, ...]:
    """Give the widths of the columns in characters; the years stand in one line."""
    years = max((len(str(pair)) for pair in comparison.columns.pairs), default=0)
    return (max(20.0, years + 6), 40, 16, 16, 16, 12)


def wanted_sums(comparison: Comparison, first_row: int, *, with_block: bool) -> WantedTable:
    """Lay out the table: for each pair of columns its sections, then their total.

    Totals, changes and percentages are formulas over the table.

    Args:
        comparison: of two budgets.
        first_row: the row of the sheet on which the first row of data stands.
        with_block: whether sections are called by their block too.
    """
    rows: list[tuple[Wanted, ...]] = []
    for number, total in enumerate(comparison.totals):
        kind = _kind(comparison, number)
        held = [(each, each.movements[number]) for each in comparison.sections]
        parts = [pair for pair in held if pair[1].is_there]
        top = first_row + len(rows)
        for section, movement in parts:
            name = section_name(section, with_block=with_block)
            rows.append(tuple(_section_row(movement, name, kind)))
        rows.append(tuple(_total_row(total, kind, top, len(parts))))
    empty = tuple(Wanted(None, None, Look("line", "text")) for _ in _HEADERS)
    return WantedTable(
        name=TABLE,
        columns=tuple(TableColumn(header) for header in _HEADERS),
        header=header_cells(_HEADERS, _WORDS),
        rows=tuple(rows) or (empty,),
    )


def _kind(comparison: Comparison, number: int) -> ColumnKind:
    movements = [each.movements[number] for each in comparison.sections]
    sums = [pence for each in movements for pence in (each.before, each.after)]
    return amount_kind(tuple(pence for pence in sums if pence is not None))


def _section_row(movement: Movement, name: str, kind: ColumnKind) -> Iterator[Wanted]:
    yield from _names(movement, name, "line")
    for pence in (movement.before, movement.after):
        value = _NO_SECTION if pence is None else pounds_decimal(pence)
        yield Wanted(value, None, Look("line", kind))
    yield from _change(movement, "line", kind)


def _total_row(movement: Movement, kind: ColumnKind, top: int, sections: int) -> Iterator[Wanted]:
    yield from _names(movement, "Total", "total")
    for column, pence in enumerate((movement.before, movement.after), start=len(_WORDS) + 1):
        letters = column_letters(column)
        formula = f"SUM({letters}{top}:{letters}{top + sections - 1})" if sections else None
        yield Wanted(pounds_decimal(pence or 0), formula, Look("total", kind))
    yield from _change(movement, "total", kind)


def _names(movement: Movement, name: str, row: RowKind) -> Iterator[Wanted]:
    for word in (str(movement.pair), name):
        yield Wanted(word, None, Look(row, "text"))


def _change(movement: Movement, row: RowKind, kind: ColumnKind) -> Iterator[Wanted]:
    yield Wanted(pounds_decimal(movement.change), f"{_AFTER}-{_BEFORE}", Look(row, kind))
    # Divided as Excel does, in binary; a percentage that is shown is not money.
    share = Decimal(repr(movement.change / movement.before)) if movement.before else "n/a"
    formula = f'IF({_BEFORE}=0,"n/a",({_AFTER}-{_BEFORE})/{_BEFORE})'
    yield Wanted(share, formula, Look(row, "percent"))
