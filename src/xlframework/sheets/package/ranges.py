"""Reads and writes the lists of cell ranges (`sqref`) that rules of a sheet apply to."""

import re
from collections.abc import Callable

from xlframework.ground.place import LAST_COLUMN, LAST_ROW, Area, column_number

_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})\Z")
_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})\Z")


def area_of(text: str) -> Area:
    """Read `B3:F12`, `B3`, whole columns `B:C` or whole rows `3:12`.

    Raises:
        ValueError: if the text is none of these.
    """
    if columns := _COLUMNS.match(text):
        first, last = sorted((column_number(columns[1]), column_number(columns[2])))
        return Area(1, first, LAST_ROW, last)
    if rows := _ROWS.match(text):
        first, last = sorted((int(rows[1]), int(rows[2])))
        return Area(first, 1, last, LAST_COLUMN)
    return Area.parse(text)


def areas_of(text: str) -> tuple[Area, ...]:
    """Read a list of ranges with spaces between them.

    Raises:
        ValueError: if one of them is no range.
    """
    return tuple(area_of(word) for word in text.split())


def rewrite(text: str, change: Callable[[Area], tuple[Area, ...]]) -> str:
    """Change the ranges of a list; those that stay keep their spelling.

    Raises:
        ValueError: if one of them is no range.
    """
    words = []
    for word in text.split():
        area = area_of(word)
        changed = change(area)
        words += [word] if changed == (area,) else [str(one) for one in changed]
    return " ".join(words)


def inside(inner: Area, outer: Area) -> bool:
    """Tell whether one area lies wholly inside another."""
    return outer.holds(inner.first_row, inner.first_column) and outer.holds(
        inner.last_row, inner.last_column
    )


def common(one: Area, other: Area) -> Area | None:
    """Give the cells that two areas share."""
    shared = Area(
        max(one.first_row, other.first_row),
        max(one.first_column, other.first_column),
        min(one.last_row, other.last_row),
        min(one.last_column, other.last_column),
    )
    empty = shared.first_row > shared.last_row or shared.first_column > shared.last_column
    return None if empty else shared


def around(one: Area, other: Area) -> Area:
    """Give the smallest area that holds two."""
    return Area(
        min(one.first_row, other.first_row),
        min(one.first_column, other.first_column),
        max(one.last_row, other.last_row),
        max(one.last_column, other.last_column),
    )
