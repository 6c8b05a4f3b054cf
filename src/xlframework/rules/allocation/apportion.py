"""Rounding by largest remainder: whole units that add up to the pot, to the penny."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Rounded:
    """One area's rounding.

    Attributes:
        award: pence, a whole multiple of the unit.
        remainder: what rounding down would cut off, as a part of the unit, 0 to 1.
        rank: 1 for the first to be rounded up.
    """

    award: int
    remainder: Fraction
    rank: int


def apportion(exact: Sequence[Fraction], codes: Sequence[str], unit: int) -> tuple[Rounded, ...]:
    """Round exact amounts to whole units by the largest remainder.

    Everything is rounded down, and the units left over go to the largest remainders,
    one each; ties go to the lower area code. Fewer units are left over than there are
    remainders above nought, so an amount that is whole units already, at a bound say,
    is never moved, and no bound that is whole units is ever passed.

    Args:
        exact: pence by area; their sum is a whole number of units.
        codes: area codes, no two the same.
        unit: pence.

    Returns:
        The roundings, in the order given.
    """
    units = [math.floor(amount / unit) for amount in exact]
    remainders = [amount / unit - whole for amount, whole in zip(exact, units, strict=True)]
    left = sum(remainders, start=Fraction(0))
    if left.denominator != 1:
        raise ValueError("the amounts do not add up to a whole number of units")
    ranks = ranking(remainders, codes)
    return tuple(
        Rounded((whole + (rank <= left)) * unit, remainder, rank)
        for whole, remainder, rank in zip(units, remainders, ranks, strict=True)
    )


def ranking(remainders: Sequence[Fraction], codes: Sequence[str]) -> tuple[int, ...]:
    """Rank remainders from the largest, 1 being the first; ties by lower code."""
    order = sorted(range(len(codes)), key=lambda i: (-remainders[i], code_key(codes[i])))
    ranks = {i: rank for rank, i in enumerate(order, start=1)}
    return tuple(ranks[i] for i in range(len(codes)))


def code_key(code: str) -> tuple[str, str]:
    """Order codes as Excel compares texts, blind to case."""
    return code.casefold(), code
