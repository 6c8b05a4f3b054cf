"""What `Summary` is to hold: spend by section, its change from year to year, and our chart."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from xlframework.ground.financial_year import AmountColumn
from xlframework.ground.money import pounds_decimal
from xlframework.ground.place import Area, column_letters, quoted_sheet
from xlframework.rules.subtotals import Totals
from xlframework.sheets.change import ChartChange, Wanted, WantedTable, header_cells
from xlframework.sheets.package.records import Series, Table, TableColumn
from xlframework.sheets.palette import ColumnKind, Look, RowKind
from xlframework.sheets.sections_sheet import amount_kind

TABLE = "Summary"
CHART_NAME = "xlf_spend_by_section"

TOTAL_LABEL = "Total"
GRAND_LABEL = "All blocks"

# Excel writes a repeated block beside every bar of a chart with two rows of labels, so
# the chart takes its labels from one column.
_LABELS = ("Block", "Section", "Label")
_FIRST_AMOUNT = len(_LABELS)
_THIS_ROW = TABLE + "[[#This Row],[{}]]"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row before it is laid out: what it is called, what it is, and its amounts in pence."""

    block: str
    section: str
    kind: RowKind
    amounts: tuple[int, ...]


def wanted_summary(totals: Totals, columns: tuple[AmountColumn, ...]) -> WantedTable:
    """Lay out the table: sections, then block totals, then the grand total.

    Every figure is a formula over `Sections`, so that entered amounts count too.
    With two years or more, the change between neighbouring columns follows, in
    pounds and per cent; with one, each row's share of the total.

    Args:
        totals: the budget added up.
        columns: its amount columns.
    """
    rows = tuple(_rows(totals))
    headers = tuple(_headers(columns))
    kinds = tuple(
        amount_kind(tuple(row.amounts[number] for row in rows)) for number in range(len(columns))
    )
    return WantedTable(
        name=TABLE,
        columns=tuple(TableColumn(header) for header in headers),
        header=header_cells(headers, _LABELS),
        rows=tuple(tuple(_cells(row, columns, kinds, rows[-1])) for row in rows),
    )


def _rows(totals: Totals) -> Iterator[_Row]:
    for section in totals.sections:
        amounts = tuple(section.pence[header] for header in totals.headers)
        yield _Row(section.block, section.section, "line", amounts)
    for block, pence in totals.blocks.items():
        amounts = tuple(pence[header] for header in totals.headers)
        yield _Row(block, TOTAL_LABEL, "subtotal", amounts)
    grand = tuple(totals.grand[header] for header in totals.headers)
    yield _Row(GRAND_LABEL, TOTAL_LABEL, "total", grand)


def _pairs(columns: tuple[AmountColumn, ...]) -> Iterator[tuple[int, int]]:
    """Give the numbers of neighbouring columns of which the second is of a later year."""
    for earlier, later in pairwise(range(len(columns))):
        if columns[earlier].year < columns[later].year:
            yield earlier, later


def _headers(columns: tuple[AmountColumn, ...]) -> Iterator[str]:
    yield from _LABELS
    yield from (str(column) for column in columns)
    for _, later in _pairs(columns):
        yield f"Change to {columns[later]}"
        yield f"Change to {columns[later]} %"
    if len(columns) == 1:
        yield f"Share of {columns[0]}"


def _cells(
    row: _Row, columns: tuple[AmountColumn, ...], kinds: tuple[ColumnKind, ...], grand: _Row
) -> Iterator[Wanted]:
    yield Wanted(row.block, None, Look(row.kind, "text"))
    yield Wanted(row.section, None, Look(row.kind, "text"))
    label = f'{_THIS_ROW.format("Block")}&": "&{_THIS_ROW.format("Section")}'
    yield Wanted(f"{row.block}: {row.section}", label, Look(row.kind, "text"))
    for column, kind, pence in zip(columns, kinds, row.amounts, strict=True):
        look = Look(row.kind, kind)
        yield Wanted(pounds_decimal(pence), _amount_formula(row.kind, str(column)), look)
    for earlier, later in _pairs(columns):
        yield from _change(row, columns, kinds, earlier, later)
    if len(columns) == 1:
        yield _share(row, str(columns[0]), grand)


def _amount_formula(kind: RowKind, header: str) -> str:
    amounts = f"Sections[{header}]"
    if kind == "total":
        return f"SUM({amounts})"
    by_block = f"{amounts},Sections[Block],{_THIS_ROW.format('Block')}"
    if kind == "subtotal":
        return f"SUMIFS({by_block})"
    return f"SUMIFS({by_block},Sections[Section],{_THIS_ROW.format('Section')})"


def _change(
    row: _Row,
    columns: tuple[AmountColumn, ...],
    kinds: tuple[ColumnKind, ...],
    earlier: int,
    later: int,
) -> Iterator[Wanted]:
    before, after = row.amounts[earlier], row.amounts[later]
    old = _THIS_ROW.format(columns[earlier])
    new = _THIS_ROW.format(columns[later])
    kind: ColumnKind = "pence" if "pence" in (kinds[earlier], kinds[later]) else "money"
    yield Wanted(pounds_decimal(after - before), f"{new}-{old}", Look(row.kind, kind))
    yield Wanted(
        _ratio(after - before, before) if before else "n/a",
        f'IF({old}=0,"n/a",({new}-{old})/{old})',
        Look(row.kind, "percent"),
    )


def _share(row: _Row, header: str, grand: _Row) -> Wanted:
    whole, part = grand.amounts[0], row.amounts[0]
    total, own = f"SUM(Sections[{header}])", _THIS_ROW.format(header)
    value = _ratio(part, whole) if whole else "n/a"
    return Wanted(value, f'IF({total}=0,"n/a",{own}/{total})', Look(row.kind, "percent"))


def _ratio(part: int, whole: int) -> Decimal:
    """Divide as Excel does, in binary; a share that is shown is not money."""
    return Decimal(repr(part / whole))


def wanted_chart(
    table: Table, wanted: WantedTable, columns: tuple[AmountColumn, ...]
) -> ChartChange:
    """Say what our chart draws: the section rows, a series for each amount column.

    Args:
        table: where the table `Summary` stands.
        wanted: what it is to hold.
        columns: the amount columns.
    """
    sheet = quoted_sheet(table.sheet)
    sections = [row for row in wanted.rows if row[0].look and row[0].look.row == "line"]
    top, left = table.area.first_row, table.area.first_column
    labels = left + _FIRST_AMOUNT - 1
    last = top + max(1, len(sections))

    def absolute(first_column: int, last_column: int, first_row: int, last_row: int) -> str:
        area = Area(first_row, first_column, last_row, last_column)
        first = f"${column_letters(area.first_column)}${area.first_row}"
        end = f"${column_letters(area.last_column)}${area.last_row}"
        return f"{sheet}!{first}" if first == end else f"{sheet}!{first}:{end}"

    series = tuple(
        Series(
            title=str(column),
            title_cell=absolute(
                left + _FIRST_AMOUNT + number, left + _FIRST_AMOUNT + number, top, top
            ),
            categories=tuple((str(row[_FIRST_AMOUNT - 1].value),) for row in sections),
            categories_range=absolute(labels, labels, top + 1, last),
            values=tuple(_number(row[_FIRST_AMOUNT + number]) for row in sections),
            values_range=absolute(
                left + _FIRST_AMOUNT + number, left + _FIRST_AMOUNT + number, top + 1, last
            ),
        )
        for number, column in enumerate(columns)
    )
    return ChartChange(CHART_NAME, table.sheet, series)


def _number(wanted: Wanted) -> Decimal | None:
    return wanted.value if isinstance(wanted.value, Decimal) else None
