"""What if: the same split under other weights, other measures of harm, other populations."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from xlframework.ground.errors import AllocationError
from xlframework.ground.exact import short_text
from xlframework.ground.folding import folded
from xlframework.model.areas import POPULATION, CspArea, Number
from xlframework.model.formula import Formula, Indicator
from xlframework.rules.allocation.allocate import AreaAward, Split, allocate

# Ten points of weight, up and down.
STEP = Fraction(1, 10)

AS_SET = "As set"

_HARM = re.compile(r"\bharm\b")
_CRIME = re.compile(r"\bcrimes?\b")
_ASSUMPTIONS = ("low", "high")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario.

    Attributes:
        name: such as `Crime +10 points`.
        formula: with the scenario's weights.
        split: the split; None where the scenario makes it impossible.
        problem: why, in that case; else blank.
    """

    name: str
    formula: Formula
    split: Split | None
    problem: str = ""

    @property
    def weights(self) -> Mapping[str, Fraction]:
        """The weights by indicator."""
        return {each.name: each.weight for each in self.formula.indicators}

    @property
    def winners(self) -> tuple[AreaAward, ...]:
        """The areas that get more than their previous award."""
        return tuple(each for each in self._awards if (each.change or 0) > 0)

    @property
    def losers(self) -> tuple[AreaAward, ...]:
        """The areas that get less than their previous award."""
        return tuple(each for each in self._awards if (each.change or 0) < 0)

    @property
    def largest_loss(self) -> AreaAward | None:
        """The area that loses most pounds, the lower code of two; None where none loses."""
        return min(self.losers, key=lambda each: (each.change or 0, each.code), default=None)

    @property
    def _awards(self) -> tuple[AreaAward, ...]:
        return self.split.areas if self.split is not None else ()


def scenarios(areas: Sequence[CspArea], formula: Formula) -> tuple[Scenario, ...]:
    """Split the pot under every scenario that the formula and the areas allow.

    In turn: as set; each weight ten points up and down, the others scaled so that all
    sum to 1 (a weight stops at 0 and 1); each indicator left out; population only;
    crime only; the low and the high harm assumption; other populations.

    Args:
        areas: with whatever further columns they have.
        formula: the split as it is set.

    Returns:
        The scenarios, the split as set first. One that is impossible, under a floor
        say, tells why in place of awards.

    Raises:
        AllocationError: if the split as set is impossible.
    """
    first = Scenario(AS_SET, formula, allocate(areas, formula))
    variants = (*_reweighted(formula), *_alone(areas, formula))
    changed_areas = (*_harm_assumptions(areas, formula), *_populations(areas))
    return (
        first,
        *(_tried(name, areas, variant) for name, variant in variants),
        *(_tried(name, others, formula) for name, others in changed_areas),
    )


def _tried(name: str, areas: Sequence[CspArea], formula: Formula) -> Scenario:
    try:
        return Scenario(name, formula, allocate(areas, formula))
    except AllocationError as error:
        return Scenario(name, formula, None, str(error))


def _reweighted(formula: Formula) -> Iterator[tuple[str, Formula]]:
    indicators = formula.indicators
    if formula.combine == "sum":
        for number, each in enumerate(indicators):
            for step, sign in ((STEP, "+"), (-STEP, "-")):
                changed = with_weight(indicators, number, each.weight + step)
                if changed is not None:
                    # A weight that stops at nought or one has taken a shorter step.
                    taken = abs(changed[number].weight - each.weight)
                    name = f"{each.name} {sign}{short_text(100 * taken)} points"
                    yield name, replace(formula, indicators=changed)
    for number, each in enumerate(indicators):
        left = without(formula, number)
        if left is not None:
            yield f"Without {each.name}", replace(formula, indicators=left)


def with_weight(
    indicators: Sequence[Indicator], number: int, weight: Fraction
) -> tuple[Indicator, ...] | None:
    """Change one weight and scale the others so that all sum to 1.

    Args:
        indicators: their weights sum to 1.
        number: which one, from 0.
        weight: its new weight, brought between 0 and 1.

    Returns:
        The indicators; None where nothing would change, or where the others have no
        weight that could be scaled.
    """
    wanted = min(max(weight, Fraction(0)), Fraction(1))
    before = indicators[number].weight
    if before in {wanted, Fraction(1)}:
        return None
    scale = (1 - wanted) / (1 - before)
    return tuple(
        replace(each, weight=wanted if i == number else each.weight * scale)
        for i, each in enumerate(indicators)
    )


def without(formula: Formula, number: int) -> tuple[Indicator, ...] | None:
    """Leave one indicator out, the others scaled; None where nothing else would count."""
    indicators = formula.indicators
    if formula.combine == "sum":
        changed = with_weight(indicators, number, Fraction(0))
        return None if changed is None else (*changed[:number], *changed[number + 1 :])
    others = tuple(each for i, each in enumerate(indicators) if i != number)
    return others if any(each.weight for each in others) and indicators[number].weight else None


def _alone(areas: Sequence[CspArea], formula: Formula) -> Iterator[tuple[str, Formula]]:
    if all(area.population is not None for area in areas):
        people = Indicator(POPULATION, "count", Fraction(1))
        yield "Population only", replace(formula, indicators=(people,), combine="sum")
    crime = next(filter(_is_crime, formula.indicators), None)
    if crime is not None:
        alone = replace(crime, weight=Fraction(1))
        yield "Crime only", replace(formula, indicators=(alone,), combine="sum")


def _is_crime(indicator: Indicator) -> bool:
    name = folded(indicator.name)
    return bool(_CRIME.search(name)) and not _HARM.search(name)


Changed = Iterator[tuple[str, tuple[CspArea, ...]]]


def _harm_assumptions(areas: Sequence[CspArea], formula: Formula) -> Changed:
    """Put the low or the high column of harm in the place of the one that is used."""
    used = [
        folded(each.name)
        for each in formula.indicators
        if _HARM.search(folded(each.name)) and each.weight
    ]
    for assumption in _ASSUMPTIONS if used else ():
        column = next((each for each in areas[0].values if _is_harm(each, assumption)), None)
        if column is not None:
            yield (
                f"Harm, {assumption} assumption",
                tuple(
                    with_values(area, dict.fromkeys(used, area.values[column])) for area in areas
                ),
            )


def _is_harm(column: str, assumption: str) -> bool:
    return bool(_HARM.search(column)) and assumption in re.findall(r"[a-z]+", column)


def with_values(area: CspArea, values: Mapping[str, Number]) -> CspArea:
    """Give an area with some values changed."""
    return replace(area, values={**area.values, **values})


def _populations(areas: Sequence[CspArea]) -> Changed:
    """Put every further column of population in the place of `Population`."""
    key = folded(POPULATION)
    for column in areas[0].values:
        if column.startswith(key) and column != key:
            changed = tuple(_peopled(area, area.values[column]) for area in areas)
            if all(area.population is not None for area in changed):
                spelt = next((h for h in areas[0].origin.columns if folded(h) == column), column)
                yield f"Population: {spelt[len(POPULATION) :].strip(' ,:()')}", changed


def _peopled(area: CspArea, people: Number) -> CspArea:
    population = people if isinstance(people, Fraction) else None
    return replace(with_values(area, {folded(POPULATION): people}), population=population)
