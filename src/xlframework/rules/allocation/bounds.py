"""Floors and ceilings: the one split inside them that follows need, solved exactly."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from xlframework.ground.errors import AllocationError
from xlframework.ground.money import spoken_pounds
from xlframework.ground.place import Place
from xlframework.model.areas import PREVIOUS, CspArea
from xlframework.model.formula import Formula, Quantity

Bound = Literal["floor", "ceiling", "none"]


class OutOfReachError(ValueError):
    """Bounds that no split can keep.

    Attributes:
        least: pence that the areas get at the very least.
        most: pence that they can take at the very most; None where there is no end.
    """

    def __init__(self, least: Fraction, most: Fraction | None) -> None:
        super().__init__("the pot is out of reach of the bounds")
        self.least = least
        self.most = most


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one area, in pence, whole units.

    Attributes:
        low: the least award; nought where there is no floor.
        high: the greatest award; None where there is no ceiling.
    """

    low: int = 0
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Bounded:
    """A split inside bounds.

    Attributes:
        exact: pence by area, exact.
        bounds: which bound holds each area.
        t: pence for a whole share: award = clamp(base + t x share).
    """

    exact: tuple[Fraction, ...]
    bounds: tuple[Bound, ...]
    t: Fraction


def limits(areas: Sequence[CspArea], formula: Formula) -> tuple[Limits, ...]:
    """Give every area's floor and ceiling, rounded inwards to whole units.

    Raises:
        AllocationError: if a previous award is missing, or a floor is above its ceiling.
    """
    return tuple(_limits(area, formula) for area in areas)


def _limits(area: CspArea, formula: Formula) -> Limits:
    low, high = 0, None
    if formula.floor is not None:
        low = round_up(_in_pence(formula.floor, area, formula.place("floor")), formula.unit)
    if formula.ceiling is not None:
        top = _in_pence(formula.ceiling, area, formula.place("ceiling"))
        high = round_down(top, formula.unit)
    if high is not None and low > high:
        raise AllocationError(
            formula.place("floor"),
            f"the floor of {area.name} ({spoken_pounds(low)}) is above its ceiling "
            f"({spoken_pounds(high)}, {formula.place('ceiling')}), both in whole units; lower "
            "the floor or raise the ceiling.",
        )
    return Limits(low, high)


def _in_pence(bound: Quantity, area: CspArea, place: Place) -> Fraction:
    if bound.meaning == "pounds":
        return bound.number
    return bound.number * previous_of(area, place)


def previous_of(area: CspArea, asked_by: Place) -> int:
    """Give an area's previous award in pence.

    Args:
        area: the area.
        asked_by: the setting that needs it, for the message.

    Raises:
        AllocationError: if the table does not say.
    """
    if area.previous is None:
        raise AllocationError(
            area.place(PREVIOUS),
            f"{area.said(PREVIOUS)} is blank, but {asked_by} needs it; type the award (0 for an "
            "area that had none), or leave that setting blank.",
        )
    return area.previous


def round_up(pence: Fraction, unit: int) -> int:
    """Round to whole units, upwards."""
    return math.ceil(pence / unit) * unit


def round_down(pence: Fraction, unit: int) -> int:
    """Round to whole units, downwards."""
    return math.floor(pence / unit) * unit


def bounded(shares: Sequence[Fraction], base: int, within: Sequence[Limits], pot: int) -> Bounded:
    """Find the split clamp(base + t x share, low, high) that sums to the pot.

    The sum rises with t along straight pieces that meet at the breakpoints (bound -
    base) / share. The largest breakpoint whose sum is not above the pot starts the
    piece that holds the answer; there one division gives t. The proof is in
    docs/allocation.md.

    Args:
        shares: weighted shares.
        base: pence to every area.
        within: the bounds.
        pot: pence.

    Raises:
        OutOfReachError: if no t gives the pot.
    """
    lines = tuple(zip(shares, within, strict=True))
    below = [p for p in _breakpoints(lines, base) if clamped_sum(lines, base, p) <= pot]
    if not below:
        raise _out_of_reach(lines, base)
    start = max(below)
    missing = pot - clamped_sum(lines, base, start)
    free = sum(share for share, limit in lines if _is_free_after(share, limit, base, start))
    if missing and not free:
        raise _out_of_reach(lines, base)
    t = start + missing / free if missing else start
    return Bounded(
        exact=tuple(clamp(base + t * share, limit) for share, limit in lines),
        bounds=tuple(which_bound(base + t * share, limit) for share, limit in lines),
        t=t,
    )


_Line = tuple[Fraction, Limits]


def _breakpoints(lines: Sequence[_Line], base: int) -> set[Fraction]:
    edges = ((share, edge) for share, limit in lines for edge in (limit.low, limit.high) if share)
    return {(edge - base) / share for share, edge in edges if edge is not None}


def clamp(pence: Fraction, limit: Limits) -> Fraction:
    """Bring an amount between its bounds."""
    raised = max(pence, Fraction(limit.low))
    return raised if limit.high is None else min(raised, Fraction(limit.high))


def clamped_sum(lines: Sequence[_Line], base: int, t: Fraction) -> Fraction:
    """Add up the clamped awards at t: f(t) in the documentation."""
    return sum((clamp(base + t * share, limit) for share, limit in lines), start=Fraction(0))


def _is_free_after(share: Fraction, limit: Limits, base: int, point: Fraction) -> bool:
    """Tell whether an area's award rises just above a breakpoint."""
    award = base + point * share
    return award >= limit.low and (limit.high is None or award < limit.high)


def which_bound(pence: Fraction, limit: Limits) -> Bound:
    """Tell which bound changes an amount."""
    if pence < limit.low:
        return "floor"
    if limit.high is not None and pence > limit.high:
        return "ceiling"
    return "none"


def _out_of_reach(lines: Sequence[_Line], base: int) -> OutOfReachError:
    fixed = sum(
        (clamp(Fraction(base), limit) for share, limit in lines if not share), start=Fraction(0)
    )
    highs = [limit.high for share, limit in lines if share]
    tops = [high for high in highs if high is not None]
    most = fixed + sum(tops) if len(tops) == len(highs) else None
    return OutOfReachError(fixed + sum(limit.low for share, limit in lines if share), most)
