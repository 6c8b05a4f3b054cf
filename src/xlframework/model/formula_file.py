"""Reads a formula file: a split as a team writes it down in TOML, made exact."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TypeVar, get_args

from xlframework.ground.errors import AllocationError
from xlframework.ground.exact import NumberError, parse_percent, parse_ratio
from xlframework.ground.money import MoneyError, parse_pounds
from xlframework.ground.place import Place
from xlframework.model.declarations import Declaration, read_declaration
from xlframework.model.formula import (
    POUND,
    Basis,
    Combine,
    Formula,
    Indicator,
    Quantity,
)

# A text, or a number typed without quotes, which is read through its decimal text.
Written = str | int | float

_OF_PREVIOUS = "of previous"


class IndicatorSpec(Declaration, frozen=True):
    """One `[[indicator]]` of a formula file, as written.

    Attributes:
        name: the header of its column in the table of areas.
        basis: count, rate, index or share.
        weight: a decimal or a fraction such as 1/3.
        per_head: that a rate is used as a count on purpose.
    """

    name: str
    basis: str = ""
    weight: Written = ""
    per_head: bool = False


class FormulaSpec(Declaration, frozen=True):
    """A formula file as written; an empty text is the same as a key left out.

    Attributes:
        pot: pounds to be split.
        indicator: the indicators of need.
        name: what the formula is called.
        source: where it comes from.
        unit: pounds; awards are whole multiples of it.
        combine: sum or product.
        top_slice: an amount, or a percentage of the pot.
        base_amount: pounds to every area first.
        floor: an amount, or `95% of previous`.
        ceiling: likewise.
        damping: a percentage; `-10%` lets no award fall by more than a tenth.
        phase: a percentage of the way from the previous split to need.
    """

    pot: Written
    indicator: tuple[IndicatorSpec, ...]
    name: str = ""
    source: str = ""
    unit: Written = ""
    combine: str = ""
    top_slice: Written = ""
    base_amount: Written = ""
    floor: Written = ""
    ceiling: Written = ""
    damping: Written = ""
    phase: Written = ""


def read_formula(path: Path) -> Formula:
    """Read a formula file.

    Raises:
        DeclarationError: if it is not TOML, or has an unknown key or lacks one.
        AllocationError: if a key's value cannot be read; the message names file and key.
    """
    spec = read_declaration(path, FormulaSpec)
    places = {key: Place(str(path), None, f"key {key}") for key in FormulaSpec.__struct_fields__}
    amounts = {key: _pounds(getattr(spec, key), places[key]) for key in _AMOUNTS}
    if amounts["pot"] is None:
        raise AllocationError(places["pot"], "the pot is empty; type the pounds to be split.")
    unit = amounts["unit"]
    combine = read_combine(spec.combine, places["combine"])
    return Formula(
        indicators=with_lone_weight(
            [_indicator(each, str(path), number) for number, each in enumerate(spec.indicator, 1)],
            combine,
        ),
        pot=amounts["pot"],
        unit=POUND if unit is None else unit,
        name=spec.name,
        source=spec.source,
        combine=combine,
        top_slice=_top_slice(spec.top_slice, places["top_slice"]),
        base_amount=amounts["base_amount"] or 0,
        floor=_bound(spec.floor, places["floor"]),
        ceiling=_bound(spec.ceiling, places["ceiling"]),
        damping=_percent(spec.damping, places["damping"]),
        phase=_percent(spec.phase, places["phase"]),
        places=places,
    )


_AMOUNTS = ("pot", "unit", "base_amount")


def _indicator(spec: IndicatorSpec, file: str, number: int) -> tuple[Indicator, Fraction | None]:
    places = {
        key: Place(file, None, f"key indicator {number}.{key}")
        for key in IndicatorSpec.__struct_fields__
    }
    if not spec.name.strip():
        raise AllocationError(
            places["name"], "the indicator has no name; name the column of the areas that it reads."
        )
    indicator = Indicator(
        name=spec.name.strip(),
        basis=read_basis(spec.basis, places["basis"]),
        weight=Fraction(0),
        per_head=spec.per_head,
        places=places,
    )
    return indicator, read_weight(_plain(spec.weight), places["weight"])


def read_weight(text: str, place: Place) -> Fraction | None:
    """Read a weight: `0.40`, `1/3`, `40%`; None where there is none."""
    if not text.strip():
        return None
    try:
        return parse_percent(text) if text.strip().endswith("%") else parse_ratio(text)
    except NumberError as error:
        raise AllocationError(
            place, f"{error}; write the weight as a decimal such as 0.40 or a fraction such as 1/3."
        ) from error


def with_lone_weight(
    weighted: Sequence[tuple[Indicator, Fraction | None]], combine: Combine
) -> tuple[Indicator, ...]:
    """Give indicators their weights; a lone one, or an exponent, is 1 where none is given.

    Raises:
        AllocationError: if one of several has no weight.
    """
    for indicator, weight in weighted:
        if weight is None and len(weighted) > 1 and combine == "sum":
            raise AllocationError(
                indicator.place("weight"),
                f"{indicator.name} has no weight; type it (0 to leave the indicator out).",
            )
    return tuple(
        replace(indicator, weight=Fraction(1) if weight is None else weight)
        for indicator, weight in weighted
    )


def read_basis(text: str, place: Place) -> Basis:
    """Read a basis; left out or empty it is a count."""
    return _word(text, _BASIS_WORDS, "count", place)


def read_combine(text: str, place: Place) -> Combine:
    """Read how indicators are combined; left out or empty they are summed."""
    return _word(text, _COMBINE_WORDS, "sum", place)


_BASIS_WORDS: Mapping[str, Basis] = {word: word for word in get_args(Basis)}
_COMBINE_WORDS: Mapping[str, Combine] = {word: word for word in get_args(Combine)}


W = TypeVar("W", bound=str)


def _word(text: str, known: Mapping[str, W], otherwise: W, place: Place) -> W:
    wanted = text.strip().casefold()
    if not wanted:
        return otherwise
    if wanted not in known:
        raise AllocationError(place, f"{text!r} is none of {', '.join(known)}; choose one of them.")
    return known[wanted]


def _pounds(written: Written, place: Place) -> int | None:
    try:
        return parse_pounds(_plain(written))
    except MoneyError as error:
        raise AllocationError(place, f"{error}; write it as 5000.00, say.") from error


def _percent(written: Written, place: Place) -> Fraction | None:
    text = _plain(written).strip()
    if not text:
        return None
    try:
        return parse_percent(text)
    except NumberError as error:
        raise AllocationError(place, f"{error}; write it as 25%, with the sign.") from error


def _top_slice(written: Written, place: Place) -> Quantity | None:
    text = _plain(written).strip()
    if text.endswith("%"):
        return Quantity(_percent(text, place) or Fraction(0), "per cent")
    pence = _pounds(text, place)
    return None if pence is None else Quantity(Fraction(pence), "pounds")


def _bound(written: Written, place: Place) -> Quantity | None:
    text = " ".join(_plain(written).split())
    if text.casefold().endswith(_OF_PREVIOUS):
        percent = _percent(text[: -len(_OF_PREVIOUS)], place)
        if percent is None:
            raise AllocationError(place, f"{text!r} names no percentage; write 95% of previous.")
        return Quantity(percent, "per cent of previous")
    if text.endswith("%"):
        raise AllocationError(
            place, f"{text!r} does not say of what; write {text} of previous, or an amount."
        )
    pence = _pounds(text, place)
    return None if pence is None else Quantity(Fraction(pence), "pounds")


def _plain(written: Written) -> str:
    """Give a number that was typed without quotes as plain decimal text, never with an exponent."""
    is_number = isinstance(written, float) and math.isfinite(written)
    return f"{Decimal(repr(written)):f}" if is_number else str(written)
