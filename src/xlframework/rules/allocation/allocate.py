"""The split of a pot between areas, stage by stage, with every value on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from xlframework.ground.errors import AllocationError
from xlframework.ground.exact import round_half_up
from xlframework.ground.money import spoken_pounds
from xlframework.ground.place import Place
from xlframework.model.areas import CspArea
from xlframework.model.formula import Formula
from xlframework.rules.allocation.apportion import apportion, code_key
from xlframework.rules.allocation.bounds import (
    Bound,
    Limits,
    OutOfReachError,
    bounded,
    limits,
)
from xlframework.rules.allocation.check_areas import check_areas
from xlframework.rules.allocation.check_formula import check_formula
from xlframework.rules.allocation.damping import damped, phased
from xlframework.rules.allocation.need import Need, needs


@dataclass(frozen=True, slots=True)
class AreaAward:
    """What one area gets, with its working. Amounts are pence.

    Attributes:
        area: the area.
        shares: its share of each indicator, by the indicator's name.
        share: its weighted share.
        need: base + share x the rest of the pot: its award before bounds, damping
            and phasing.
        low: its floor in whole units; with damping its protected amount; None where
            there is neither.
        high: its ceiling in whole units; None where there is none.
        start: with phasing, the previous split scaled to this pot; else None.
        bound: which bound holds it; a damped area at its protected amount is at its
            floor.
        exact: its award before rounding.
        remainder: the part of a unit that rounding down would cut off.
        rank: of the remainder; 1 is the first to be rounded up.
        award: whole units.
    """

    area: CspArea
    shares: Mapping[str, Fraction]
    share: Fraction
    need: Fraction
    low: int | None
    high: int | None
    start: Fraction | None
    bound: Bound
    exact: Fraction
    remainder: Fraction
    rank: int
    award: int

    @property
    def code(self) -> str:
        """The area's code."""
        return self.area.code

    @property
    def name(self) -> str:
        """The area's name."""
        return self.area.name

    @property
    def previous(self) -> int | None:
        """The previous award in pence; None where it is not known."""
        return self.area.previous

    @property
    def change(self) -> int | None:
        """Award less previous award, in pence."""
        return None if self.area.previous is None else self.award - self.area.previous

    @property
    def change_percent(self) -> Fraction | None:
        """The change in per cent of the previous award; None where that is nought."""
        if self.change is None or not self.area.previous:
            return None
        return Fraction(100 * self.change, self.area.previous)

    @property
    def per_head(self) -> Fraction | None:
        """Pence a head; None where the population is not known or nought."""
        return self.award / self.area.population if self.area.population else None


@dataclass(frozen=True, slots=True)
class Split:
    """A pot, split. Amounts are pence.

    Attributes:
        formula: by which it was split.
        top_slice: kept centrally.
        to_split: the pot after the top-slice ("this pot").
        rest: what is left of that after every area's base amount.
        t: the bounded split's pence for a whole share; equal to `rest` where no
            bound holds anybody; None with damping or phasing.
        factor: with damping, the part of the gains that is paid; else None.
        areas: the awards, in the order of the area codes.
    """

    formula: Formula
    top_slice: int
    to_split: int
    rest: int
    t: Fraction | None
    factor: Fraction | None
    areas: tuple[AreaAward, ...]

    @property
    def total(self) -> int:
        """What the awards add up to, in pence: always `to_split`."""
        return sum(each.award for each in self.areas)

    @property
    def left_over(self) -> int:
        """How many areas were rounded up: units left over after rounding all down."""
        return int(sum((each.remainder for each in self.areas), start=Fraction(0)))


class _Softened(NamedTuple):
    """The exact awards after bounds, damping or phasing, with their working."""

    exact: Sequence[Fraction]
    bounds: Sequence[Bound]
    lows: Sequence[int | None]
    highs: Sequence[int | None]
    starts: Sequence[Fraction | None]
    t: Fraction | None = None
    factor: Fraction | None = None


def allocate(areas: Sequence[CspArea], formula: Formula) -> Split:
    """Split a pot: top-slice, base amount, need, then bounds, damping or phasing, then rounding.

    Args:
        areas: in any order; the result does not depend on it.
        formula: how to split.

    Returns:
        The split; its awards add up to the pot less the top-slice, to the penny.

    Raises:
        AllocationError: if an input or a setting makes the split impossible; the
            message names the cell, line or key.
    """
    check_formula(formula)
    check_areas(areas)
    if not areas:
        raise AllocationError(
            formula.place("areas"), "there is no area to split the pot between; add a row."
        )
    ordered = sorted(areas, key=lambda area: code_key(area.code))
    found = needs(ordered, formula)
    kept = top_slice(formula)
    pot = formula.pot - kept
    rest = _rest(pot, len(ordered), formula)
    need = [formula.base_amount + rest * each.share for each in found]
    softened = _soften(ordered, found, need, pot, formula)
    codes = [area.code for area in ordered]
    rounded = apportion(softened.exact, codes, formula.unit)
    awards = tuple(
        AreaAward(
            area=area,
            shares=found[i].shares,
            share=found[i].share,
            need=need[i],
            low=softened.lows[i],
            high=softened.highs[i],
            start=softened.starts[i],
            bound=softened.bounds[i],
            exact=softened.exact[i],
            remainder=rounded[i].remainder,
            rank=rounded[i].rank,
            award=rounded[i].award,
        )
        for i, area in enumerate(ordered)
    )
    return Split(formula, kept, pot, rest, softened.t, softened.factor, awards)


def top_slice(formula: Formula) -> int:
    """Give what is kept centrally, in pence; a percentage is rounded half up to the unit."""
    kept = formula.top_slice
    if kept is None:
        return 0
    if kept.meaning == "pounds":
        return int(kept.number)
    return round_half_up(kept.number * formula.pot / formula.unit) * formula.unit


def _rest(pot: int, areas: int, formula: Formula) -> int:
    bases = areas * formula.base_amount
    if bases > pot:
        raise AllocationError(
            formula.place("base_amount"),
            f"{areas} base amounts of {spoken_pounds(formula.base_amount)} come to "
            f"{spoken_pounds(bases)}, more than the {spoken_pounds(pot)} to be split; lower the "
            "base amount.",
        )
    return pot - bases


def _soften(
    areas: Sequence[CspArea],
    found: Sequence[Need],
    need: Sequence[Fraction],
    pot: int,
    formula: Formula,
) -> _Softened:
    nothing = [None] * len(areas)
    if formula.damping is not None:
        after = damped(areas, need, formula.damping, formula)
        bounds: list[Bound] = [
            "floor" if wanted < floor else "none"
            for wanted, floor in zip(need, after.floors, strict=True)
        ]
        return _Softened(after.exact, bounds, after.floors, nothing, nothing, None, after.factor)
    if formula.phase is not None:
        step = phased(areas, need, formula.phase, formula)
        return _Softened(step.exact, ["none"] * len(areas), nothing, nothing, step.starts)
    return _between_bounds(found, pot, formula, limits(areas, formula))


def _between_bounds(
    found: Sequence[Need], pot: int, formula: Formula, within: Sequence[Limits]
) -> _Softened:
    try:
        solved = bounded([each.share for each in found], formula.base_amount, within, pot)
    except OutOfReachError as error:
        raise _impossible(error, formula, pot) from error
    has_floor = formula.floor is not None
    return _Softened(
        solved.exact,
        solved.bounds,
        [limit.low if has_floor else None for limit in within],
        [limit.high for limit in within],
        [None] * len(found),
        solved.t,
    )


def _impossible(error: OutOfReachError, formula: Formula, pot: int) -> AllocationError:
    if error.least > pot:
        key, reach = "floor", f"the floors come to {_pence(error.least)}, more than"
    else:
        key, reach = "ceiling", f"the ceilings come to {_pence(error.most)}, less than"
    return AllocationError(
        _bound_place(formula, key),
        f"{reach} the {spoken_pounds(pot)} to be split; "
        f"{'lower the floor' if key == 'floor' else 'raise the ceiling'}, or change the pot.",
    )


def _bound_place(formula: Formula, key: str) -> Place:
    other = {"floor": "ceiling", "ceiling": "floor"}[key]
    return formula.place(key if getattr(formula, key) is not None else other)


def _pence(amount: Fraction | None) -> str:
    return spoken_pounds(round_half_up(amount or Fraction(0)))
