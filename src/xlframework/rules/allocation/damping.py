"""Damping and phasing: two ways to soften the step from the previous awards to need."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlframework.ground.errors import AllocationError
from xlframework.ground.money import spoken_pounds
from xlframework.model.areas import PREVIOUS, CspArea
from xlframework.model.formula import Formula
from xlframework.rules.allocation.bounds import previous_of, round_up


@dataclass(frozen=True, slots=True)
class Damped:
    """A damped split.

    Attributes:
        exact: pence by area, exact.
        floors: each area's protected amount in pence, whole units.
        factor: the part of every gain above the floor that is paid, 0 to 1.
    """

    exact: tuple[Fraction, ...]
    floors: tuple[int, ...]
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Phased:
    """A phased split.

    Attributes:
        exact: pence by area, exact.
        starts: the previous split scaled to this pot, pence by area.
    """

    exact: tuple[Fraction, ...]
    starts: tuple[Fraction, ...]


def damped(
    areas: Sequence[CspArea], need: Sequence[Fraction], growth: Fraction, formula: Formula
) -> Damped:
    """Protect previous x (1 + growth) and scale the gains above it to pay for that.

    The way of the English local government and police settlements: floor damping
    with one scaling factor for all gains.

    Args:
        areas: with their previous awards.
        need: pence by area before damping; sums to the pot.
        growth: the least change, -0.1 for a loss of a tenth.
        formula: for the unit and the messages.

    Raises:
        AllocationError: if a previous award is missing, or the protected amounts
            alone are more than the pot.
    """
    place = formula.place("damping")
    floors = tuple(
        round_up(previous_of(area, place) * (1 + growth), formula.unit) for area in areas
    )
    pot, protected = sum(need, start=Fraction(0)), sum(floors)
    if protected > pot:
        raise AllocationError(
            place,
            f"the protected amounts come to {spoken_pounds(protected)}, more than the "
            f"{spoken_pounds(int(pot))} to be split; lower the damping (a minus lets awards "
            "fall, -10% say) or raise the pot.",
        )
    gains = [max(Fraction(0), wanted - floor) for wanted, floor in zip(need, floors, strict=True)]
    total = sum(gains, start=Fraction(0))
    factor = (pot - protected) / total if total else Fraction(0)
    exact = tuple(floor + factor * gain for floor, gain in zip(floors, gains, strict=True))
    return Damped(exact, floors, factor)


def phased(
    areas: Sequence[CspArea], need: Sequence[Fraction], phase: Fraction, formula: Formula
) -> Phased:
    """Go a part of the way from the previous split, scaled to this pot, to need.

    Args:
        areas: with their previous awards.
        need: pence by area; sums to the pot.
        phase: how far, 0 to 1.
        formula: for the messages.

    Raises:
        AllocationError: if a previous award is missing, or all of them are nought.
    """
    place = formula.place("phase")
    previous = [previous_of(area, place) for area in areas]
    if not sum(previous):
        raise AllocationError(
            areas[0].place(PREVIOUS),
            f"every previous award is nought, so there is no split to phase from ({place}); "
            "type the previous awards, or leave the phasing blank.",
        )
    pot = sum(need, start=Fraction(0))
    starts = tuple(pot * award / sum(previous) for award in previous)
    exact = tuple(
        start + phase * (wanted - start) for start, wanted in zip(starts, need, strict=True)
    )
    return Phased(exact, starts)
