"""What a formula must keep before a pot can be split by it."""

from fractions import Fraction

from xlframework.ground.errors import AllocationError
from xlframework.ground.exact import short_text
from xlframework.ground.folding import folded
from xlframework.ground.money import pounds_text, spoken_pounds
from xlframework.model.formula import Formula, Indicator, Quantity
from xlframework.rules.allocation.need import is_rate_by_name

# What softens a split, at most one of them: the keys in each group may stand together.
_SOFTENERS: tuple[tuple[str, ...], ...] = (("floor", "ceiling"), ("damping",), ("phase",))

# Population to the sixth power says nothing that a person could mean, and a spreadsheet
# could not hold the product.
_LARGEST_EXPONENT = 5


def check_formula(formula: Formula) -> None:
    """Check that a formula can be followed.

    Raises:
        AllocationError: with the key or cell that has to be put right.
    """
    _check_amounts(formula)
    _check_top_slice(formula)
    _check_softeners(formula)
    _check_indicators(formula)
    for each in formula.indicators:
        _check_indicator(each, formula)
    _check_weights(formula)


def _check_amounts(formula: Formula) -> None:
    for key, pence in (("pot", formula.pot), ("base_amount", formula.base_amount)):
        if pence < 0:
            raise AllocationError(
                formula.place(key), f"the {_SPOKEN[key]} is negative; type an amount of 0 or more."
            )
    if formula.unit <= 0:
        raise AllocationError(
            formula.place("unit"), "awards cannot be rounded to nought; type 1.00 for whole pounds."
        )
    _check_whole_units(formula.pot, "pot", formula)


_SPOKEN = {"pot": "pot", "base_amount": "base amount"}


def _check_whole_units(pence: int, key: str, formula: Formula) -> None:
    rest = pence % formula.unit
    if rest:
        what = "the pot" if key == "pot" else "the top-slice"
        raise AllocationError(
            formula.place(key),
            f"{what} of £{pounds_text(pence)} is not a whole number of units of "
            f"£{pounds_text(formula.unit)}: £{pounds_text(rest)} would be left over; change "
            f"it, or the unit ({formula.place('unit')}).",
        )


def _check_top_slice(formula: Formula) -> None:
    kept = formula.top_slice
    if kept is None:
        return
    place = formula.place("top_slice")
    if kept.meaning == "per cent of previous":
        raise AllocationError(place, "a top-slice is in pounds or per cent; choose one of them.")
    most = Fraction(formula.pot) if kept.meaning == "pounds" else Fraction(1)
    if not 0 <= kept.number <= most:
        raise AllocationError(
            place,
            f"a top-slice lies between nothing and the whole pot of {spoken_pounds(formula.pot)}; "
            "correct it.",
        )
    if kept.meaning == "pounds":
        _check_whole_units(int(kept.number), "top_slice", formula)


def _check_softeners(formula: Formula) -> None:
    set_keys = [
        tuple(key for key in group if getattr(formula, key) is not None) for group in _SOFTENERS
    ]
    used = [keys for keys in set_keys if keys]
    if len(used) > 1:
        first, second = used[0][0], used[1][0]
        raise AllocationError(
            formula.place(first),
            f"{first} and {second} cannot both be set ({formula.place(second)}): bounds, damping "
            "and phasing each move the awards, and the order would decide; leave one of them "
            "blank.",
        )
    _check_bound(formula.floor, "floor", formula)
    _check_bound(formula.ceiling, "ceiling", formula)
    if formula.damping is not None and formula.damping < -1:
        raise AllocationError(
            formula.place("damping"), "no award can fall by more than 100%; type -10%, say."
        )
    if formula.phase is not None and not 0 <= formula.phase <= 1:
        raise AllocationError(
            formula.place("phase"), "phasing lies between 0% and 100% of the way; correct it."
        )


def _check_bound(bound: Quantity | None, key: str, formula: Formula) -> None:
    if bound is None:
        return
    if bound.meaning == "per cent":
        raise AllocationError(
            formula.place(key), f"a {key} is in pounds or per cent of previous; choose one of them."
        )
    if bound.number < 0:
        raise AllocationError(formula.place(key), f"a {key} cannot be negative; correct it.")


def _check_indicators(formula: Formula) -> None:
    if not formula.indicators:
        raise AllocationError(
            formula.place("indicator"),
            "the formula has no indicator, so there is nothing to split by; name at least one "
            "column of the areas with its weight.",
        )
    first: dict[str, Indicator] = {}
    for each in formula.indicators:
        other = first.setdefault(folded(each.name), each)
        if other is not each:
            raise AllocationError(
                each.place("name"),
                f"the indicator {each.name!r} stands twice ({other.place('name')}); put the two "
                "weights into one.",
            )


def _check_indicator(each: Indicator, formula: Formula) -> None:
    if each.weight < 0:
        raise AllocationError(
            each.place("weight"), f"the weight of {each.name} is negative; type 0 or more."
        )
    if each.per_head and each.basis != "count":
        raise AllocationError(
            each.place("per_head"),
            f"per_head = true goes with basis count only, but {each.name} is of basis "
            f"{each.basis}; leave per_head out.",
        )
    if (
        formula.combine == "sum"
        and each.basis == "count"
        and not each.per_head
        and is_rate_by_name(each)
    ):
        raise AllocationError(
            each.place("basis"),
            f"{each.name} is a rate by its name, but is used as a count: a share of rates gives a "
            "small area the weight of a large one; set the basis to rate, or say that it is meant "
            "with per_head = true.",
        )


def _check_weights(formula: Formula) -> None:
    weights = [each.weight for each in formula.indicators]
    last = formula.indicators[-1]
    if formula.combine == "product":
        for each in formula.indicators:
            if each.weight.denominator != 1 or each.weight > _LARGEST_EXPONENT:
                raise AllocationError(
                    each.place("weight"),
                    f"with product, weights are whole-number exponents up to {_LARGEST_EXPONENT}, "
                    f"but that of {each.name} is {short_text(each.weight)}; type 1, or use sum.",
                )
        if not any(weights):
            raise AllocationError(
                last.place("weight"), "every weight is nought; at least one must be 1 or more."
            )
        return
    over = sum(weights, start=Fraction(0)) - 1
    if over:
        amount = _difference_text(abs(over))
        raise AllocationError(
            last.place("weight"),
            f"the weights add up to {_difference_text(1 + over)}, which is {amount} "
            f"{'more' if over > 0 else 'less'} than 1; "
            f"{'take' if over > 0 else 'add'} {amount} {'off' if over > 0 else 'to'} one of them.",
        )


def _difference_text(number: Fraction) -> str:
    """Write a number as a short decimal, or as a fraction where no decimal is exact."""
    text = short_text(number, 18)
    return text if Fraction(text) == number else f"{number.numerator}/{number.denominator}"
