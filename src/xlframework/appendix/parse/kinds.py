"""Tells the rows of an appendix sheet apart: headings, lines, sums, repeated headers and notes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from xlframework.appendix.layout import Layout
from xlframework.appendix.parse.headers import HeaderRow, key_column, prints, repeats
from xlframework.appendix.parse.labels import SumLabel, read_sum_label
from xlframework.appendix.parse.rows import Label, SheetRow
from xlframework.appendix.parse.text import plain

# label: a lone text without amounts, which may be a heading, a line or a note; bare:
# amounts without any words; stray: words that make no line; below: under the table's end.
RowKind = Literal[
    "empty", "header", "label", "heading", "line", "subtotal", "total", "bare", "stray", "below"
]


@dataclass(frozen=True, slots=True)
class KindRow:
    """A row with what it is.

    Attributes:
        kind: what it is.
        row: the row.
        sums: what its label says, for a subtotal or total.
    """

    kind: RowKind
    row: SheetRow
    sums: SumLabel | None = None


def tell_apart(rows: Iterable[SheetRow], layout: Layout, header: HeaderRow) -> tuple[KindRow, ...]:
    """Say of every row what it is.

    Args:
        rows: the rows below the header, from the top.
        layout: declares headings, subtotals and total.
        header: tells which columns are there.
    """
    listed = list(rows)
    sections = _section_names(listed, layout)
    first = [_first_look(row, layout, header, sections) for row in listed]
    ended = _ended(_sums_settled(first))
    return tuple(_labels_settled(ended, layout, header.row))


def _section_names(rows: Sequence[SheetRow], layout: Layout) -> frozenset[str]:
    """Collect what may be names of sections: the Section column's words, and lone labels."""
    columns = _section_columns(layout)
    shown = {
        plain(cell.text) for row in rows for name, cell in row.words.items() if name in columns
    }
    lone = {plain(row.label.text) for row in rows if row.label and not row.has_amounts}
    return frozenset((shown | lone) - {""})


def _first_look(
    row: SheetRow, layout: Layout, header: HeaderRow, sections: Collection[str]
) -> KindRow:
    if _is_said_again(row, header):
        return KindRow("header", row)
    if row.label is not None:
        return _labelled(row, row.label, layout, header, sections)
    beside = _label_beside_section(row, layout)
    if beside is not None and row.has_amounts:
        sums = read_sum_label(layout, beside.text, sections)
        if sums is not None:
            return KindRow("total" if sums.total else "subtotal", replace(row, label=beside), sums)
    if not row.words:
        return KindRow("bare" if row.has_amounts else "empty", row)
    key = key_column(layout)
    if row.has_amounts or key is None or key.header in row.words:
        return KindRow("line", row)
    return KindRow("stray", row)


def _is_said_again(row: SheetRow, header: HeaderRow) -> bool:
    """Tell whether a row repeats the headers, or the title above them, on a new page."""
    if row.label is not None and not row.has_amounts and plain(row.label.text) in header.titles:
        return True
    cells = {**row.words, **row.amounts}
    return repeats(
        [(header.matches[name].column, cell.text) for name, cell in cells.items()], header
    )


def _label_beside_section(row: SheetRow, layout: Layout) -> Label | None:
    """Give the one text of a row that has its section repeated or merged into it."""
    columns = _section_columns(layout)
    texts = {name: text for name, text in row.texts.items() if name not in columns}
    if len(texts) != 1:
        return None
    ((name, text),) = texts.items()
    return Label(text, name, spread=False)


def _section_columns(layout: Layout) -> frozenset[str]:
    return frozenset(each.header for each in layout.column if prints(each, "section"))


def _labelled(
    row: SheetRow, label: Label, layout: Layout, header: HeaderRow, sections: Collection[str]
) -> KindRow:
    sums_are_due = any(
        column.amount is not None and column.header in header.matches for column in layout.column
    )
    if row.has_amounts or not sums_are_due:
        sums = read_sum_label(layout, label.text, sections)
        if sums is not None:
            return KindRow("total" if sums.total else "subtotal", row, sums)
    if not row.has_amounts:
        return KindRow("label", row)
    return KindRow("line" if label.header is not None else "bare", row)


def _sums_settled(rows: Sequence[KindRow]) -> list[KindRow]:
    """Decide on labels that could be a subtotal's or the total's: the last one is the total."""
    settled: list[KindRow] = []
    for number, each in enumerate(rows):
        if each.kind == "total" and each.sums is not None and _is_more_to_come(rows, number):
            settled.append(replace(each, kind="subtotal"))
        else:
            settled.append(each)
    return settled


def _is_more_to_come(rows: Sequence[KindRow], number: int) -> bool:
    """Tell whether a possible total is followed by another one, or by more of the table."""
    sums = rows[number].sums
    has_lines = False
    for each in rows[number + 1 :]:
        # Headers that follow a plain total are those of another table, not a page break.
        if each.kind == "header" and sums is not None and not sums.subtotal:
            return False
        if each.kind == "total":
            return True
        has_lines = has_lines or (each.kind in {"line", "subtotal"} and each.row.has_amounts)
    return has_lines and sums is not None and (sums.subtotal or not sums.declared)


def _ended(rows: Sequence[KindRow]) -> list[KindRow]:
    """Set aside what stands below the total."""
    end = next((n for n, each in enumerate(rows) if each.kind == "total"), len(rows))
    below = (
        each if each.kind == "header" else KindRow("below", each.row) for each in rows[end + 1 :]
    )
    return [*rows[: end + 1], *below]


def _labels_settled(rows: Sequence[KindRow], layout: Layout, top: int) -> list[KindRow]:
    """Decide on lone labels: a heading, a line without amounts, or a note below the table."""
    last = max(
        (number for number, each in enumerate(rows) if each.kind not in {"label", "empty"}),
        default=-1,
    )
    firm = rows[last].row.number if last >= 0 else top
    settled: list[KindRow] = []
    for number, each in enumerate(rows):
        if each.kind != "label" or each.row.label is None:
            settled.append(each)
            continue
        kind = _label_kind(each.row.label, layout)
        # Below the last firm row a heading heads nothing, and what stands apart is a note.
        is_apart = each.row.number - firm > number - last
        over = number > last and (kind != "line" or is_apart)
        settled.append(replace(each, kind="below" if over else kind))
    return settled


def _label_kind(label: Label, layout: Layout) -> RowKind:
    key = key_column(layout)
    if label.spread or key is None or label.header is None:
        return "heading"
    column = layout.column[layout.position(label.header)]
    if column.amount is not None:
        return "stray"
    if column is not key or any(each.column == label.header for each in layout.heading):
        return "heading"
    tells_section = bool(_section_columns(layout)) and not prints(key, "section")
    return "heading" if tells_section else "line"
