"""The formula of a split, exact: pot, indicators and weights, and the rules of the split."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from xlframework.ground.place import Place

Basis = Literal["count", "rate", "index", "share"]
Combine = Literal["sum", "product"]
Meaning = Literal["pounds", "per cent", "per cent of previous"]

BASES: tuple[Basis, ...] = ("count", "rate", "index", "share")
COMBINES: tuple[Combine, ...] = ("sum", "product")

POUND = 100


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount, or a proportion of something.

    Attributes:
        number: pence where the meaning is pounds; otherwise a fraction of one
            (95% is 19/20).
        meaning: what the number counts.
    """

    number: Fraction
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of need.

    Attributes:
        name: the header of its column in the table of areas.
        basis: what its values are.
        weight: its weight; with `product`, its whole-number exponent.
        per_head: that the values are rates, used as if they were counts, on purpose.
        places: where `name`, `basis` and `weight` are said, for messages.
    """

    name: str
    basis: Basis
    weight: Fraction
    per_head: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)

    def place(self, key: str) -> Place:
        """Give where one of its settings is said."""
        return self.places.get(key) or Place("the formula", None, f"key {key}")


@dataclass(frozen=True, slots=True)
class Formula:
    """How a pot is split.

    Attributes:
        indicators: what need is made of.
        pot: pence.
        unit: pence; every award is a whole multiple of it.
        name: what the formula is called.
        source: where it comes from.
        combine: whether weighted shares are added or indicators multiplied.
        top_slice: what is kept centrally: pounds or per cent; None for nothing.
        base_amount: pence to every area before the rest is split.
        floor: the least award: pounds or per cent of previous; None for none.
        ceiling: the greatest award, likewise.
        damping: no award falls below previous x (1 + damping); None for none.
        phase: how far to go from the previous split to need, 0 to 1; None for all
            the way.
        places: where each setting is said, by its key in a formula file.
    """

    indicators: tuple[Indicator, ...]
    pot: int
    unit: int = POUND
    name: str = ""
    source: str = ""
    combine: Combine = "sum"
    top_slice: Quantity | None = None
    base_amount: int = 0
    floor: Quantity | None = None
    ceiling: Quantity | None = None
    damping: Fraction | None = None
    phase: Fraction | None = None
    places: Mapping[str, Place] = field(default_factory=dict)

    def place(self, key: str) -> Place:
        """Give where a setting is said: the key of the file, or the named cell."""
        return self.places.get(key) or Place("the formula", None, f"key {key}")
