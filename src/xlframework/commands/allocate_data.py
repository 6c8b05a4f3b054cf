"""A split as `--json` prints it: money in pounds with two decimals, shares as plain decimals."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from xlframework.ground.exact import decimal_text, round_half_up, short_text
from xlframework.ground.money import pounds_text
from xlframework.rules.allocation.allocate import AreaAward, Split
from xlframework.rules.allocation.scenario import Scenario

# Twelve decimals of a share are more than any pot in pence can tell apart.
SHARE_DECIMALS = 12
_PERCENT_DECIMALS = 2


def split_data(split: Split) -> dict[str, object]:
    """Give a split as data: pot, unit, top-slice, total, and the areas in order of their codes."""
    return {
        "pot": pounds_text(split.formula.pot),
        "unit": pounds_text(split.formula.unit),
        "top_slice": pounds_text(split.top_slice),
        "total": pounds_text(split.total),
        "areas": [_area(each) for each in split.areas],
    }


def _area(award: AreaAward) -> dict[str, object]:
    return {
        "code": award.code,
        "area": award.name,
        "shares": {
            name: decimal_text(share, SHARE_DECIMALS) for name, share in award.shares.items()
        },
        "share": decimal_text(award.share, SHARE_DECIMALS),
        "need": _pounds(award.need),
        "bound": award.bound,
        "exact": _pounds(award.exact),
        "award": pounds_text(award.award),
        "previous": _known(award.previous),
        "change": _known(award.change),
        "change_percent": percent(award.change_percent),
        "remainder": decimal_text(award.remainder, SHARE_DECIMALS),
        "rank": award.rank,
        "per_head": None if award.per_head is None else _pounds(award.per_head),
    }


def _pounds(pence: Fraction) -> str:
    """Write an exact amount to the penny, half a penny away from nought."""
    return pounds_text(round_half_up(pence))


def _known(pence: int | None) -> str | None:
    return None if pence is None else pounds_text(pence)


def percent(number: Fraction | None) -> str | None:
    """Write a percentage without its sign; None where it is not known."""
    return None if number is None else decimal_text(number, _PERCENT_DECIMALS)


def scenario_data(scenarios: Sequence[Scenario]) -> list[dict[str, object]]:
    """Give the scenarios as data, each with its awards, winners, losers and largest loss."""
    return [_scenario(each) for each in scenarios]


def _scenario(scenario: Scenario) -> dict[str, object]:
    split = scenario.split
    worst = scenario.largest_loss
    areas: list[Mapping[str, object]] = [
        {"code": each.code, "award": pounds_text(each.award), "change": _known(each.change)}
        for each in (split.areas if split is not None else ())
    ]
    return {
        "name": scenario.name,
        "weights": {name: short_text(weight) for name, weight in scenario.weights.items()},
        "problem": scenario.problem or None,
        "areas": areas,
        "winners": [each.code for each in scenario.winners],
        "losers": [each.code for each in scenario.losers],
        "largest_loss": None
        if worst is None
        else {"code": worst.code, "change": _known(worst.change)},
    }
