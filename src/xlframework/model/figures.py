"""Figures that a document states, and the units that they are stated in."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from xlframework.ground.folding import folded
from xlframework.model.areas import Number
from xlframework.model.budget import Origin

# What a number counts. A plain number, such as a ratio, goes with any of them.
Kind = Literal["pounds", "count", "per cent", "plain number"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a stated figure is in.

    Attributes:
        name: as the column Unit has it.
        kind: what it counts.
        worth: pounds, things or percentage points in one of it.
    """

    name: str
    kind: Kind
    worth: int = 1


UNITS: Mapping[str, Unit] = {
    unit.name: unit
    for unit in (
        Unit("GBP", "pounds"),
        Unit("GBP thousand", "pounds", 1_000),
        Unit("GBP million", "pounds", 1_000_000),
        Unit("per cent", "per cent"),
        Unit("count", "count"),
    )
}


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One row of the table `Figures`, as it stands there.

    Attributes:
        ref: where the document states it.
        claim: what it states, word for word.
        stated: the figure, in its unit; None for blank.
        unit: the text of the column Unit.
        precision: the smallest step that the document prints; None where only the
            decimals of the figure tell.
        computed_by: how it is worked out, in the language of docs/figures.md; blank
            where that has not been declared.
        origin: where it stands.
    """

    ref: str
    claim: str
    stated: Number
    unit: str
    precision: Number
    computed_by: str
    origin: Origin

    @property
    def name(self) -> str:
        """What a message calls it: the claim, or the reference where it has none."""
        return self.claim.strip() or self.ref.strip() or f"row {self.origin.row}"


def find_unit(text: str) -> Unit | None:
    """Find a unit by its name, blind to case and spaces; None if there is none of that name."""
    wanted = folded(text)
    return next((unit for unit in UNITS.values() if unit.name.casefold() == wanted), None)


def as_quantity(number: Fraction, unit: Unit) -> Fraction:
    """Give a figure of a unit in pounds, things or per cent."""
    return number * unit.worth
