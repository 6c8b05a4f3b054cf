"""Finds what is well-formed in a layout but cannot be printed, and names its key."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from string import Formatter

from xlframework.appendix.column_slips import column_slips
from xlframework.appendix.layout import Apart, Layout, RowSource, Shared, Where
from xlframework.sheets.snapshot import amount_column

_LONGEST_SHEET_NAME = 31

# Which keys shape the rows, and for what rows.
_SHAPES: Mapping[str, tuple[RowSource, ...]] = {
    "blocks": ("lines", "sections", "years"),
    "years": ("years",),
    "sort": ("areas",),
    "group": ("lines",),
    "across_blocks": ("lines", "sections"),
    "where": ("lines",),
    "apart": ("sections",),
    "heading": ("lines", "forward plan"),
    "subtotal": ("lines",),
    "shared": ("lines",),
}


def slip_of(layout: Layout, stem: str) -> str | None:
    """Find what is well-formed but cannot be printed.

    Args:
        layout: as declared.
        stem: the name of its file, without the ending.

    Returns:
        A sentence without its full stop that names the key; None if all is well.
    """
    slips = (
        *_name_slips(layout, stem),
        *_shape_slips(layout),
        *column_slips(layout),
        *_part_slips(layout),
        *_label_slips(layout),
        *_condition_slips(layout),
    )
    return slips[0] if slips else None


def _name_slips(layout: Layout, stem: str) -> Iterator[str]:
    if layout.name != stem:
        yield f"key name: {layout.name!r} differs from the name of the file"
    if not layout.sheet.strip() or layout.sheet != layout.sheet.strip("'"):
        yield f"key sheet: {layout.sheet!r} is blank, or has an apostrophe at an end"
    if layout.sheet.casefold() == "history" or any(each < " " for each in layout.sheet):
        yield f"key sheet: Excel takes no sheet named {layout.sheet!r}"
    if len(layout.sheet) > _LONGEST_SHEET_NAME or re.search(r"[\[\]:*?/\\]", layout.sheet):
        yield f"key sheet: {layout.sheet!r} is longer than 31 characters or holds one of []:*?/\\"


def _shape_slips(layout: Layout) -> Iterator[str]:
    """Find keys that mean nothing for the rows that the layout prints."""
    given: Mapping[str, bool] = {
        "blocks": bool(layout.blocks),
        "years": bool(layout.years),
        "sort": layout.sort is not None,
        "group": layout.group != "none",
        "across_blocks": layout.across_blocks,
        "where": bool(layout.where),
        "apart": bool(layout.apart),
        "heading": bool(layout.heading),
        "subtotal": layout.subtotal is not None,
        "shared": layout.shared != Shared(),
    }
    for key, rows in _SHAPES.items():
        if given[key] and layout.rows not in rows:
            kinds = " or ".join(f'rows = "{each}"' for each in rows)
            yield f"key {key}: it needs {kinds}"
    if layout.rows == "lines" and layout.across_blocks and layout.group != "section":
        yield 'key across_blocks: it needs group = "section"'
    for number, year in enumerate(layout.years, start=1):
        if str(amount_column(year)) != year:
            yield f"key years {number}: {year!r} is not such as 2024/25 Budget"
        elif layout.years.index(year) != number - 1:
            yield f"key years {number}: {year!r} stands twice"


def _part_slips(layout: Layout) -> Iterator[str]:
    """Find headings, subtotals and totals that have no place in the table."""
    if layout.subtotal is not None and layout.group != "section":
        yield 'key subtotal: subtotals need group = "section"'
    by = [heading.by for heading in layout.heading]
    for number, what in enumerate(by, start=1):
        at = f"key heading {number}.by: "
        if what == "section" and layout.group == "none":
            yield f'{at}headings by section need group = "section"'
        if what == "block" and ("section" in by[: number - 1] or layout.across_blocks):
            yield f"{at}a block's heading stands above those of its sections"
        if (what == "ends") != (layout.rows == "forward plan"):
            yield f'{at}"ends" goes with rows = "forward plan"'
        if by.index(what) != number - 1:
            yield f"{at}{what!r} stands twice"
    parts = (
        *(
            (f"heading {number}", heading.column)
            for number, heading in enumerate(layout.heading, start=1)
        ),
        *(("subtotal", each.column) for each in (layout.subtotal,) if each is not None),
        *(("total", each.column) for each in (layout.total,) if each is not None),
    )
    for key, header in parts:
        if header not in layout.headers:
            yield f"key {key}.column: there is no column {header!r}"
        elif layout.column[layout.position(header)].kind != "words":
            yield f"key {key}.column: {header!r} prints amounts, so no label fits there"


def _label_slips(layout: Layout) -> Iterator[str]:
    """Find a label with another placeholder than its own, which nobody could fill in."""
    labels = [("shared.elsewhere", layout.shared.elsewhere, "service")]
    if layout.subtotal is not None:
        labels.append(("subtotal.label", layout.subtotal.label, "section"))
    for key, label, name in labels:
        if not _holds_only(label, name):
            yield f"key {key}: in {label!r} only {{{name}}} may stand in braces"


def _holds_only(label: str, name: str) -> bool:
    """Tell whether nothing but a name, plain, stands in a label's braces."""
    try:
        parts = tuple(Formatter().parse(label))
    except ValueError:
        return False
    return all(part[1:] in {(None, None, None), (name, "", None)} for part in parts)


def _condition_slips(layout: Layout) -> Iterator[str]:
    for number, where in enumerate(layout.where, start=1):
        yield from (f"key where {number}{slip}" for slip in _where_slips(where))
    for number, apart in enumerate(layout.apart, start=1):
        if (not apart.begins) == (not apart.equals):
            yield f"key apart {number}: give either begins or equals, and some words"
    if len({apart.field.casefold() for apart in layout.apart}) > 1:
        yield "key apart: look at one field for all rows apart, so that no line counts twice"
    for one, other in combinations(layout.apart, 2):
        if _overlap(one, other) or _overlap(other, one):
            yield f"key apart: {one.label!r} and {other.label!r} could both take the same line"


def _where_slips(where: Where) -> Iterator[str]:
    if (where.field is None) == (where.amount is None):
        yield ": give either field or amount"
    elif where.field is not None:
        if (where.begins is None) == (where.equals is None) or where.says is not None:
            yield ": with field, give either begins or equals"
        elif where.begins is not None and not where.begins:
            yield ".begins: it is blank, and every word begins so"
    elif where.says is None or where.begins is not None or where.equals is not None:
        yield ": with amount, give is, and nothing else"
    elif str(amount_column(where.amount or "")) != where.amount:
        yield f".amount: {where.amount!r} is not such as 2024/25 Budget"


def _overlap(one: Apart, other: Apart) -> bool:
    """Tell whether a line that meets the other condition could meet the first one too."""
    words = (other.equals or other.begins or "").casefold()
    if one.equals:
        return other.equals is not None and words == one.equals.casefold()
    return words.startswith((one.begins or "").casefold())
