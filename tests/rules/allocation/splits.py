"""Small areas and formulas for the tests of the split, made in memory."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from xlframework.ground.errors import AllocationError
from xlframework.ground.folding import folded
from xlframework.model.areas import CspArea, Number
from xlframework.model.budget import Origin
from xlframework.model.formula import Basis, Formula, Indicator, Meaning, Quantity
from xlframework.rules.allocation.allocate import Split, allocate

COLUMNS = {"Area code": 1, "Area": 2, "Crime": 3, "Population": 4, "Previous award": 5}


def area(
    code: str,
    crime: Number | int = None,
    *,
    population: int | None = None,
    previous: int | None = None,
    row: int = 5,
    **more: int,
) -> CspArea:
    """Give an area on a sheet; previous is in pounds."""
    values: dict[str, Number] = {folded(key): Fraction(value) for key, value in more.items()}
    values["crime"] = Fraction(crime) if isinstance(crime, int) else crime
    values["population"] = None if population is None else Fraction(population)
    return CspArea(
        code=code,
        name=f"Area {code}",
        population=None if population is None else Fraction(population),
        previous=None if previous is None else previous * 100,
        values=values,
        origin=Origin("budget.xlsx", "Areas", row, COLUMNS),
    )


def areas(*crimes: int, **columns: tuple[int, ...]) -> list[CspArea]:
    """Give areas A, B, C and so on, one for each count of crime."""
    return [
        area(
            "ABCDEFGHIJ"[number],
            crime,
            row=5 + number,
            **{key: values[number] for key, values in columns.items()},
        )
        for number, crime in enumerate(crimes)
    ]


def indicator(
    name: str = "Crime",
    basis: Basis = "count",
    weight: str | int = 1,
    *,
    per_head: bool = False,
) -> Indicator:
    return Indicator(name, basis, Fraction(weight), per_head)


def formula(pot: int = 1000, *indicators: Indicator, unit: int = 1) -> Formula:
    """Give a formula; pot and unit are in pounds."""
    return Formula(indicators or (indicator(),), pot * 100, unit * 100)


def pounds(number: int) -> Quantity:
    return Quantity(Fraction(number * 100), "pounds")


def percent(number: int, meaning: Meaning = "per cent of previous") -> Quantity:
    return Quantity(Fraction(number, 100), meaning)


def awards(split: Split) -> list[int]:
    """Give the awards in pounds, in order of the codes."""
    return [each.award // 100 for each in split.areas]


def by_code(split: Split) -> Mapping[str, int]:
    return {each.code: each.award for each in split.areas}


def refusal(found: list[CspArea], how: Formula) -> str:
    """Give the one clear line with which a split is refused."""
    with pytest.raises(AllocationError) as caught:
        allocate(found, how)
    line = str(caught.value)
    assert "\n" not in line
    assert line == f"{caught.value.place}: {caught.value.problem}"
    return line
