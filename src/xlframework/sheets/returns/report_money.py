"""The money of a batch as a sheet: planned against awarded, and forecast underspend by partner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlframework.ground.money import pounds_decimal
from xlframework.ground.place import column_letters
from xlframework.rules.returns.summary import Group, Standing
from xlframework.sheets.change import Wanted
from xlframework.sheets.palette import ColumnKind, Look, RowKind
from xlframework.sheets.returns.report_grid import Row, header, words
from xlframework.sheets.returns.report_words import NOT_KNOWN, STATUS_KIND, group_title, status_text

PLAN_HEADERS = ("Organisation", "Area", "Status", "Award", "Planned", "Left of the award")
SPEND_HEADERS = (
    "Organisation",
    "Status",
    "Budget",
    "Spent to date",
    "Forecast to year end",
    "Forecast outturn",
    "Forecast underspend",
    "Forecast overspend",
)
PLAN_WIDTHS = (54.0, 26.0, 24.0, 17.0, 17.0, 18.0)
SPEND_WIDTHS = (54.0, 24.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0)


class SumRow(NamedTuple):
    """A row that adds partners up: its label, the partners, and the row on the sheet."""

    label: str
    standings: tuple[Standing, ...]
    row: int


@dataclass(frozen=True, slots=True)
class Laid:
    """A block of a sheet, and where its sums stand.

    Attributes:
        rows: its rows.
        sums: those who have returned the form, those who have not, and all of them.
    """

    rows: tuple[Row, ...]
    sums: tuple[SumRow, ...]


def headers_of(group: Group) -> tuple[str, ...]:
    """Give the headers of a group's block."""
    return PLAN_HEADERS if group.is_plan else SPEND_HEADERS


def words_before_figures(group: Group) -> int:
    """Count the columns of words that stand before the figures."""
    return 3 if group.is_plan else 2


def figures(standing: Standing, group: Group) -> tuple[int | None, ...]:
    """Give a partner's figures in the order of the headers, in pence."""
    money = standing.money
    left = money.left
    if group.is_plan:
        return money.given, money.used, left
    under = None if left is None else max(left, 0)
    over = None if left is None else max(-left, 0)
    return money.given, money.spent, money.forecast, money.used, under, over


def totals(standings: Sequence[Standing], group: Group) -> tuple[int | None, ...]:
    """Add figures up, column by column, in pence.

    Returns:
        None for a column in which nothing is known; and for what is left of the awards
        where a plan is missing from it, because the awards are not.
    """
    rows = [figures(standing, group) for standing in standings]
    added: list[int | None] = []
    for column in zip(*rows, strict=True):
        known = [pence for pence in column if pence is not None]
        added.append(sum(known) if known else None)
    if group.is_plan and any(row[-1] is None for row in rows):
        added[-1] = None
    return tuple(added)


def untold(standings: Sequence[Standing]) -> str:
    """Say what stands for a sum that is not there: that it is not known, or nothing at all."""
    returned = [each for each in standings if each.file is not None]
    return NOT_KNOWN if any(each.money.left is None for each in returned) else ""


def lay_out(group: Group, top: int) -> Laid:
    """Lay out a group: those who have returned it, those who have not, and totals.

    Args:
        group: the returns.
        top: the row of the sheet on which the block starts.
    """
    headers, first = headers_of(group), words_before_figures(group)
    kinds: tuple[ColumnKind, ...] = tuple(
        "text" if number < first else "pence" for number in range(len(headers))
    )
    blank = [""] * (len(headers) - 1)
    rows: list[Row] = [words("section", group_title(group), *blank), header(headers, kinds)]
    sums: list[SumRow] = []
    for label, standings in blocks_of(group):
        start = top + len(rows)
        rows += [tuple(_cells(each, group, start + n)) for n, each in enumerate(standings)]
        row = top + len(rows)
        sums.append(SumRow(label, standings, row))
        rows.append(tuple(_sums(sums[-1], "subtotal", group, [(start, row - 1)])))
    spans = [(each.row, each.row) for each in sums]
    sums.append(SumRow("Total", group.standings, top + len(rows)))
    rows.append(tuple(_sums(sums[-1], "total", group, spans)))
    return Laid((*rows, ()), tuple(sums))


def blocks_of(group: Group) -> Iterator[tuple[str, tuple[Standing, ...]]]:
    """Give those who have returned a form, and those who have not, each with a label."""
    for label, standings in (("Returned", group.returned), ("Not returned", group.missing)):
        if standings:
            yield label, standings


def _cells(standing: Standing, group: Group, row: int) -> Iterator[Wanted]:
    line = Look("line", "text")
    yield Wanted(standing.organisation or NOT_KNOWN, None, line)
    if group.is_plan:
        yield Wanted(standing.area or None, None, line)
    yield Wanted(status_text(standing.status), None, Look(STATUS_KIND[standing.status], "text"))
    values = figures(standing, group)
    formulas = _formulas(group, row)
    for value, formula in zip(values, formulas, strict=True):
        if value is not None:
            yield Wanted(pounds_decimal(value), formula, Look("line", "pence"))
        elif standing.file is None:
            yield Wanted(None, None, Look("line", "pence"))
        else:
            yield Wanted(NOT_KNOWN, None, Look("line", "pence"))


def _formulas(group: Group, row: int) -> tuple[str | None, ...]:
    """Give the formulas of a partner's figures; those that a return states have none."""
    if group.is_plan:
        return None, None, f"D{row}-E{row}"
    return None, None, None, None, f"MAX(C{row}-F{row},0)", f"MAX(F{row}-C{row},0)"


def _sums(
    wanted: SumRow, kind: RowKind, group: Group, spans: Sequence[tuple[int, int]]
) -> Iterator[Wanted]:
    first = words_before_figures(group)
    label = f"{wanted.label}: {len(wanted.standings)}"
    yield from words(kind, label, *[""] * (first - 1))
    for column, value in enumerate(totals(wanted.standings, group), start=first + 1):
        letters = column_letters(column)
        ranges = [
            f"{letters}{start}" if start == end else f"{letters}{start}:{letters}{end}"
            for start, end in spans
        ]
        look = Look(kind, "pence")
        if value is None:
            yield Wanted(untold(wanted.standings) or None, None, look)
        else:
            yield Wanted(pounds_decimal(value), f"SUM({','.join(ranges)})", look)
