"""What the sheet `Lines` of a comparison is to hold: every line, before and after."""

from collections.abc import Iterator, Mapping

from xlframework.ground.money import pounds_decimal
from xlframework.rules.compare.match import provider_of, service_of
from xlframework.rules.compare.records import (
    ColumnPair,
    Comparison,
    LineChange,
    Status,
)
from xlframework.rules.compare.said import amount_words, said_of, section_name
from xlframework.sheets.change import Wanted, WantedTable, header_cells
from xlframework.sheets.package.records import TableColumn
from xlframework.sheets.palette import ColumnKind, Look, RowKind
from xlframework.sheets.sections_sheet import amount_kind

TABLE = "Compared_lines"

_NAMES = ("Status", "Section", "Service", "Provider")
_IDS = ("Line ID before", "Line ID after")
_REMARK = "What else"
_NARROWEST, _WIDEST = 12.0, 22.0
_WORDS = (*_NAMES, _REMARK, *_IDS)

LOOKS: Mapping[Status, RowKind] = {
    "added": "good",
    "removed": "bad",
    "changed": "warning",
    "reduced to zero": "bad",
    "renamed (proposed)": "warning",
    "unchanged": "line",
}


def wanted_lines(comparison: Comparison, *, with_block: bool) -> WantedTable:
    """Lay out the table: a row for each line, in the order of the sections.

    An amount that is blank is an empty cell, one of nought is 0, and where there is
    no line, or another line's amount covers this one, words say so. The change is a
    formula over the row.

    Args:
        comparison: of two budgets.
        with_block: whether sections are called by their block too.
    """
    pairs = comparison.columns.pairs
    headers = (*_NAMES, *(each for pair in pairs for each in amount_headers(pair)), _REMARK, *_IDS)
    kinds = {pair: _kind(comparison, pair) for pair in pairs}
    rows = tuple(
        tuple(_row(change, section_name(section, with_block=with_block), kinds))
        for section in comparison.sections
        for change in section.lines
    )
    empty = tuple(Wanted(None, None, Look("line", "text")) for _ in headers)
    return WantedTable(
        name=TABLE,
        columns=tuple(TableColumn(header) for header in headers),
        header=header_cells(headers, _WORDS),
        rows=rows or (empty,),
    )


def widths(comparison: Comparison) -> tuple[float, ...]:
    """Give the widths of the columns in characters; words in place of an amount must fit."""
    amounts = (
        width for pair in comparison.columns.pairs for width in (_width(comparison, pair),) * 3
    )
    return (16, 18, 32, 26, *amounts, 44, 9, 9)


def _width(comparison: Comparison, pair: ColumnPair) -> float:
    found = [amount for change in comparison.lines for amount in _amounts(change, pair)]
    longest = max((len(words) for words in found if isinstance(words, str)), default=0)
    return min(max(_NARROWEST, longest), _WIDEST)


def amount_headers(pair: ColumnPair) -> tuple[str, str, str]:
    """Give the headers of a pair's amounts before and after, and of the change."""
    return f"{pair.old} before", f"{pair.new} after", f"{pair.new} change"


def _kind(comparison: Comparison, pair: ColumnPair) -> ColumnKind:
    amounts = (amount for change in comparison.lines for amount in _amounts(change, pair))
    return amount_kind(tuple(amount for amount in amounts if isinstance(amount, int)))


def _amounts(change: LineChange, pair: ColumnPair) -> tuple[str | int, str | int]:
    return (
        amount_words(change.old, pair.old, change.covered_before),
        amount_words(change.new, pair.new, change.covered_after),
    )


def _row(
    change: LineChange, section: str, kinds: Mapping[ColumnPair, ColumnKind]
) -> Iterator[Wanted]:
    line, text = change.line, Look("line", "text")
    yield Wanted(change.status, None, Look(LOOKS[change.status], "text"))
    for word in (section, service_of(line), provider_of(line)):
        yield Wanted(word or None, None, text)
    for pair, kind in kinds.items():
        yield from _amount_cells(change, pair, Look("line", kind))
    yield Wanted(". ".join(said_of(change)) or None, None, text)
    for each in (change.old, change.new):
        yield Wanted(each.line_id or None if each is not None else None, None, text)


def _amount_cells(change: LineChange, pair: ColumnPair, look: Look) -> Iterator[Wanted]:
    amounts = _amounts(change, pair)
    for amount in amounts:
        value = pounds_decimal(amount) if isinstance(amount, int) else amount or None
        yield Wanted(value, None, look)
    before, after = (amount if isinstance(amount, int) else 0 for amount in amounts)
    old, new, _ = amount_headers(pair)
    yield Wanted(pounds_decimal(after - before), f"{_number(new)}-{_number(old)}", look)


def _number(header: str) -> str:
    """Give a cell of the row, where words count as nought."""
    return f"N({TABLE}[[#This Row],[{header}]])"
