"""Tells whether a cell holds what is wanted already, to somebody who looks at it."""

import math
from decimal import Decimal

from xlframework.ground.money import excel_decimal
from xlframework.sheets.change import Wanted
from xlframework.sheets.package.records import UNREAD_STYLE, Cell, Value


def is_as_wanted(cell: Cell, wanted: Wanted, style: int | None) -> bool:
    """Tell whether a cell has the value, formula and style that are wanted; None for any style.

    A style that could not be read is taken for the one that is wanted.
    """
    is_same = same_value if wanted.formula is None else same_result
    return (
        cell.formula == wanted.formula
        and is_same(cell.value, wanted.value)
        and (style is None or cell.style in {style, UNREAD_STYLE})
    )


# What Excel works out step by step in binary ends a hair beside what we know exactly.
_BINARY_NOISE = 1e-11


def same_result(one: Value, other: Value) -> bool:
    """Tell whether two values of one formula differ by no more than binary noise."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return math.isclose(one, other, rel_tol=_BINARY_NOISE, abs_tol=_BINARY_NOISE)
    return same_value(one, other)


def same_value(one: Value, other: Value) -> bool:
    """Tell whether two values are the same to somebody who looks at the cell."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one == other or excel_decimal(float(one)) == excel_decimal(float(other))
    return type(one) is type(other) and one == other
