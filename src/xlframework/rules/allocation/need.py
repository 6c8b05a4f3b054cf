"""Need: each area's share of every indicator, and the weighted share made of them."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlframework.ground.errors import AllocationError
from xlframework.model.areas import POPULATION, CspArea
from xlframework.model.formula import Formula, Indicator

# A header that says that its column holds rates.
_RATE = re.compile(
    r"\brates?\b|\bper (?:head|capita|person|1,?000|10,?000|100,?000)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Need:
    """What the formula says about one area before any bound.

    Attributes:
        shares: its share of each indicator, by the indicator's name.
        share: its weighted share, s_i in the documentation.
    """

    shares: Mapping[str, Fraction]
    share: Fraction


def needs(areas: Sequence[CspArea], formula: Formula) -> tuple[Need, ...]:
    """Work out every area's shares.

    With `sum`, s_i is the sum over the indicators of weight x share. With `product`,
    s_i is in proportion to the product of the indicators' values as they stand, each
    raised to its weight: population x crime rate x harm index.

    Args:
        areas: the areas, in the order of the result.
        formula: names the indicators.

    Raises:
        AllocationError: for a value that is missing, unreadable or negative, and
            for an indicator that is nought everywhere.
    """
    columns = [quantities(areas, each, formula) for each in formula.indicators]
    shares = [
        _shares(column, areas, each)
        for column, each in zip(columns, formula.indicators, strict=True)
    ]
    weighted = (
        _products(columns, formula)
        if formula.combine == "product"
        else _sums(shares, formula.indicators, len(areas))
    )
    names = [each.name for each in formula.indicators]
    return tuple(
        Need(dict(zip(names, (column[i] for column in shares), strict=True)), weighted[i])
        for i in range(len(areas))
    )


def quantities(
    areas: Sequence[CspArea], indicator: Indicator, formula: Formula
) -> tuple[Fraction, ...]:
    """Give what an indicator shares by: the values, or values x population.

    A rate is turned back into a count and an index into a weight of people with the
    population first (a rate per 1,000 and a rate per head give the same shares). A
    product multiplies the values as they stand.
    """
    if formula.combine == "sum" and indicator.basis in {"rate", "index"}:
        return tuple(area.value(indicator.name) * _people(area, indicator) for area in areas)
    return tuple(area.value(indicator.name) for area in areas)


def _people(area: CspArea, indicator: Indicator) -> Fraction:
    if area.population is None:
        raise AllocationError(
            area.place(POPULATION),
            f"{area.said(POPULATION)} is blank, but the indicator {indicator.name!r} is "
            f"{_A[indicator.basis]} and has to be multiplied by it; type the population.",
        )
    return area.population


_A = {"rate": "a rate", "index": "an index"}


def _shares(
    column: Sequence[Fraction], areas: Sequence[CspArea], indicator: Indicator
) -> tuple[Fraction, ...]:
    total = sum(column)
    if total == 0:
        raise AllocationError(
            areas[0].place(indicator.name),
            f"{indicator.name} is nought in every area, so nobody has a share of it; fill the "
            "column, or leave the indicator out of the formula.",
        )
    return tuple(value / total for value in column)


def _sums(
    shares: Sequence[Sequence[Fraction]], indicators: Sequence[Indicator], areas: int
) -> tuple[Fraction, ...]:
    return tuple(
        sum(
            (each.weight * column[i] for each, column in zip(indicators, shares, strict=True)),
            start=Fraction(0),
        )
        for i in range(areas)
    )


def _products(columns: Sequence[Sequence[Fraction]], formula: Formula) -> tuple[Fraction, ...]:
    exponents = [int(each.weight) for each in formula.indicators]
    products = [
        math.prod(
            (value**power for value, power in zip(row, exponents, strict=True)), start=Fraction(1)
        )
        for row in zip(*columns, strict=True)
    ]
    total = sum(products, start=Fraction(0))
    if total == 0:
        raise AllocationError(
            formula.place("combine"),
            "in every area one of the indicators is nought, so every product is nought and "
            "nobody has a share; use sum, or correct the indicators.",
        )
    return tuple(product / total for product in products)


def is_rate_by_name(indicator: Indicator) -> bool:
    """Tell whether an indicator's own name says that it holds rates."""
    return _RATE.search(indicator.name) is not None


def shares_of_rates(formula: Formula) -> tuple[Indicator, ...]:
    """Give the indicators whose rates are shared out as if they were counts."""
    if formula.combine == "product":
        return ()
    return tuple(each for each in formula.indicators if each.per_head)
