"""What a reader of a split should know: findings about the formula and about the rounding."""

import math
from collections.abc import Iterator
from fractions import Fraction

from xlframework.ground.exact import decimal_text, round_half_up, short_text
from xlframework.ground.finding import Finding
from xlframework.ground.money import spoken_pounds
from xlframework.model.catalogue import Catalogue
from xlframework.model.formula import Formula, Quantity
from xlframework.rules.allocation.allocate import AreaAward, Split
from xlframework.rules.allocation.apportion import ranking
from xlframework.rules.allocation.need import shares_of_rates

# The sheet compares remainders at six decimals, because Excel's arithmetic is binary.
SHEET_DECIMALS = 6

# A floor of two per cent of the previous award is no floor; 0.95 is 95% typed in Excel.
_SMALL_OF_PREVIOUS = Fraction(2, 100)
_SMALL_OF_POT = Fraction(1, 100)


def split_findings(split: Split, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Give the findings about a split, those about its formula first."""
    return (
        *_rates_as_counts(split, catalogue),
        *_small_percentages(split.formula, catalogue),
        *_close_ranks(split, catalogue),
    )


def _rates_as_counts(split: Split, catalogue: Catalogue) -> Iterator[Finding]:
    for indicator in shares_of_rates(split.formula):
        largest = max(split.areas, key=lambda each: each.shares[indicator.name])
        yield catalogue.finding(
            "allocation-rate-as-count",
            indicator.place("basis"),
            f"{indicator.name} is a rate that is shared out as if it were a count, whatever the "
            f"number of people behind it; {largest.name} has the largest share, "
            f"{decimal_text(largest.shares[indicator.name] * 100, 1)}%",
        )


def _small_percentages(formula: Formula, catalogue: Catalogue) -> Iterator[Finding]:
    for key, quantity, least in (
        ("floor", formula.floor, _SMALL_OF_PREVIOUS),
        ("ceiling", formula.ceiling, _SMALL_OF_PREVIOUS),
        ("top_slice", formula.top_slice, _SMALL_OF_POT),
    ):
        if quantity is not None and _is_small(quantity, least):
            stated = short_text(quantity.number * 100)
            yield catalogue.finding(
                "allocation-small-percent",
                formula.place(key),
                f"the {key.replace('_', '-')} is {stated} {quantity.meaning}, which is very little",
                found=stated,
            )


def _is_small(quantity: Quantity, least: Fraction) -> bool:
    return quantity.meaning != "pounds" and 0 < quantity.number < least


def _close_ranks(split: Split, catalogue: Catalogue) -> Iterator[Finding]:
    on_sheet = sheet_awards(split)
    moved = [area for area, award in zip(split.areas, on_sheet, strict=True) if area.award != award]
    close = _pair_at_the_cut(split)
    if moved:
        names = " and ".join(f"{area.name} ({spoken_pounds(area.award)})" for area in moved)
        yield catalogue.finding(
            "allocation-close-rank",
            moved[0].area.place("Area code"),
            f"exact arithmetic rounds {names} on less than six decimals of a unit, where the "
            "sheet sees a tie or a whole unit",
        )
    elif close is not None:
        last, first_out = close
        yield catalogue.finding(
            "allocation-close-rank",
            last.area.place("Area code"),
            f"{last.name} is rounded up rather than {first_out.name} on less than six decimals "
            "of a unit",
        )


def _pair_at_the_cut(split: Split) -> tuple[AreaAward, AreaAward] | None:
    """Give the last area rounded up and the first that is not, if they differ by a hair."""
    ordered = sorted(split.areas, key=lambda area: area.rank)
    left = split.left_over
    if not 0 < left < len(ordered):
        return None
    last, first_out = ordered[left - 1], ordered[left]
    gap = last.remainder - first_out.remainder
    return (last, first_out) if 0 < gap < Fraction(1, 10**SHEET_DECIMALS) else None


def sheet_awards(split: Split) -> tuple[int, ...]:
    """Give the awards as the sheet's formulas have them, remainders at six decimals.

    units = INT(ROUND(exact/u, 6)); remainder = ROUND(exact/u - units, 6); the units left
    over go to the highest remainders, ties to the lower code.

    Returns:
        Pence, in the order of the split.
    """
    unit = split.formula.unit
    scale = 10**SHEET_DECIMALS
    rounded = [Fraction(round_half_up(each.exact / unit * scale), scale) for each in split.areas]
    units = [math.floor(each) for each in rounded]
    remainders = [each - whole for each, whole in zip(rounded, units, strict=True)]
    left = split.to_split // unit - sum(units)
    ranks = ranking(remainders, [each.code for each in split.areas])
    return tuple((whole + (rank <= left)) * unit for whole, rank in zip(units, ranks, strict=True))
