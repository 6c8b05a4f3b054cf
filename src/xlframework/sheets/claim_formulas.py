"""A claim as a live Excel formula, where Excel comes to just what we work out."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from xlframework.ground.exact import short_text
from xlframework.ground.folding import folded
from xlframework.model.figures import StatedFigure, find_unit
from xlframework.rules.reconcile.compare import Statement, decimals_of, round_to
from xlframework.rules.reconcile.evaluate import Setting, evaluate, find_stated
from xlframework.rules.reconcile.facts import Facts, need_amount_header
from xlframework.rules.reconcile.figures import Checked
from xlframework.rules.reconcile.select import meant
from xlframework.rules.reconcile.tree import (
    Cannot,
    Condition,
    Count,
    Expression,
    Fact,
    InEdition,
    Negative,
    Number,
    Pair,
    Part,
    Percent,
    Stated,
    Total,
    own_nodes,
)
from xlframework.sheets.allocation_formulas import column
from xlframework.sheets.claim_conditions import (
    NotLiveError,
    check_every_line_named,
    line_factors,
    quoted,
    section_sum,
)

STATED = "Figures[[#This Row],[Stated]]"
COMPUTED = "Figures[[#This Row],[Computed]]"
DIFFERENCE = "Figures[[#This Row],[Difference]]"

# How tightly a part of a formula holds together.
_SUM, _PRODUCT, _ATOM = 1, 2, 3

_LONGEST_FORMULA = 8000

# A difference keeps so many decimals beyond the precision: a stated figure that somebody types
# too finely differs at once, and binary noise is smaller still.
_FINER = 3

# Excel keeps no more digits, so no formula can say more of a figure.
_MOST_DIGITS = 15

# Closer to a half than this, what Excel adds up in binary could fall on the other side; then
# the hair of binary noise, which is smaller still, is rounded away first.
_NEAR = Fraction(1, 10_000)
_SETTLED = {"GBP": 6, "GBP thousand": 9, "GBP million": 12, "per cent": 10, "count": 6}


def computed_formula(checked: Checked, setting: Setting, names: frozenset[str]) -> str | None:
    """Give the formula of a figure's Computed cell, without the equals sign.

    Args:
        checked: a figure that was worked out.
        setting: what it was worked out from.
        names: the named cells that the workbook has.

    Returns:
        None where a constant must do: another edition's figure alone, or something that
        Excel could come to another result for.
    """
    claim, statement = checked.claim, checked.statement
    if claim is None or statement is None or checked.exact is None:
        return None
    if not any(map(_is_of_workbook, claim.parts)):
        return None
    try:
        parts = [_part(part.expression, statement, setting, names) for part in claim.parts]
    except NotLiveError:
        return None
    is_whole = all(map(_is_whole, claim.parts)) and statement.precision == 1
    step = None if is_whole else statement.precision
    formula = rounding(parts[0], step) if len(parts) == 1 else _furthest(parts, step)
    return formula if len(formula) <= _LONGEST_FORMULA else None


def _is_of_workbook(part: Part) -> bool:
    """Tell whether a part refers to anything that can change in the workbook."""
    own = own_nodes(part.expression)
    return any(isinstance(node, Total | Count | Fact | Stated) for node in own)


def _is_whole(part: Part) -> bool:
    """Tell whether a part is a mere count, which needs no rounding."""
    node = part.expression
    return isinstance(node, Count) or (isinstance(node, Fact) and node.name == "areas")


def _furthest(parts: Sequence[str], step: Fraction | None) -> str:
    """Choose the part that lies furthest from what is stated; of two, the greater one."""
    most, least = (rounding(f"{name}({','.join(parts)})", step) for name in ("MAX", "MIN"))
    return f"IF({most}+{least}>=2*{STATED},{most},{least})"


def _part(
    expression: Expression, statement: Statement, setting: Setting, names: frozenset[str]
) -> str:
    """Write a part in the unit of what is stated, ready to be rounded."""
    worth = statement.unit.worth
    exact = evaluate(expression, setting).number / worth
    formula = _text(expression, setting, names, _SUM if worth == 1 else _PRODUCT)
    return _settled(formula if worth == 1 else f"{formula}/{worth}", exact, statement)


def _settled(formula: str, exact: Fraction, statement: Statement) -> str:
    steps = exact / statement.precision
    if abs(steps - floor(steps) - Fraction(1, 2)) > _NEAR:
        return formula
    decimals = _SETTLED[statement.unit.name]
    settled = round_to(exact, Fraction(1, 10**decimals))
    if statement.rounded(settled) != statement.rounded(exact):
        raise NotLiveError("too close to a half")
    return f"ROUND({formula},{decimals})"


def rounding(formula: str, step: Fraction | None) -> str:
    """Round a formula to a multiple of a step, as Excel's ROUND does: a half away from nought."""
    if step is None:
        return formula
    digits = _power_of_ten(step)
    if digits is not None:
        return f"ROUND({formula},{digits})"
    text = short_text(step)
    return f"ROUND(({formula})/{text},0)*{text}"


def _power_of_ten(step: Fraction) -> int | None:
    """Give the decimals that a step of 0.001, 1 or 1000 rounds to; None for another step."""
    if step.numerator == 1 and step.denominator == 10 ** decimals_of(step):
        return decimals_of(step)
    noughts = len(str(step.numerator)) - 1
    return -noughts if step == 10**noughts else None


def difference_formula(statement: Statement) -> str:
    """Give the formula of a Difference cell: the stated figure less the computed one."""
    return f"ROUND({STATED}-{COMPUTED},{decimals_of(statement.precision) + _FINER})"


def status_formula() -> str:
    """Give the formula of a Status cell."""
    known = f"AND(ISNUMBER({STATED}),ISNUMBER({DIFFERENCE}))"
    return f'IF({known},IF({DIFFERENCE}=0,"agrees","differs"),"cannot be checked")'


def _text(expression: Expression, setting: Setting, names: frozenset[str], needed: int) -> str:
    """Write an expression, in brackets where it would not hold together."""
    formula, holds = _written(expression, setting, names)
    return formula if holds >= needed else f"({formula})"


def _written(  # noqa: C901, PLR0911 - one case for each kind of figure
    expression: Expression, setting: Setting, names: frozenset[str]
) -> tuple[str, int]:
    """Write an expression, and say how tightly it holds together."""

    def inner(part: Expression, needed: int) -> str:
        return _text(part, setting, names, needed)

    match expression:
        case Number(text=text):
            return text, _ATOM
        case Total():
            formula = _total(setting.facts, expression)
            return formula, _SUM if "+SUMIFS(" in formula else _ATOM
        case Count(conditions=conditions):
            return _count(setting.facts, conditions), _ATOM
        case Fact():
            return _fact(expression, names), _ATOM
        case Stated():
            return _stated(setting.facts, expression)
        case InEdition():
            return _constant(evaluate(expression, setting).number)
        case Percent(part=part, whole=whole):
            return f"100*{inner(part, _ATOM)}/{inner(whole, _ATOM)}", _PRODUCT
        case Negative(inner=negated):
            return f"-{inner(negated, _PRODUCT)}", _SUM
        case Pair(sign=sign, left=left, right=right):
            own = _SUM if sign in {"+", "-"} else _PRODUCT
            return f"{inner(left, own)}{sign}{inner(right, own + 1)}", own
        case Cannot():
            raise NotLiveError(expression.reason)


def _total(facts: Facts, total: Total) -> str:
    header = need_amount_header(facts, total.column, total.at)
    wanted = meant(facts, total.conditions)
    if all(each.is_place for each in wanted):
        return section_sum(facts, header, wanted)
    factors = ",".join(line_factors(facts, wanted))
    return f"SUMPRODUCT({factors},{column(header, 'Lines')})"


def _count(facts: Facts, conditions: Sequence[Condition]) -> str:
    check_every_line_named(facts.budget.lines)
    factors = ("--(LEN(Lines[Line ID])>0)", *line_factors(facts, meant(facts, conditions)))
    return f"SUMPRODUCT({','.join(factors)})"


def _fact(fact: Fact, names: frozenset[str]) -> str:
    if fact.name == "areas":
        return "COUNTA(Areas[Area code])"
    name = "Pot" if fact.name == "pot" else "Awarded"
    if name not in names:
        raise NotLiveError(name)
    return name


def _stated(facts: Facts, stated: Stated) -> tuple[str, int]:
    figure = find_stated(facts, stated)
    _check_alone(facts, figure, stated)
    tests = [f'(Figures[Ref]&""={quoted(figure.ref)})']
    if stated.claim:
        tests.append(f"(LEFT(Figures[Claim],{len(stated.claim)})={quoted(stated.claim)})")
    formula = f"SUMPRODUCT({'*'.join(tests)}*1,Figures[Stated])"
    unit = find_unit(figure.unit)
    worth = unit.worth if unit else 1
    return (formula, _ATOM) if worth == 1 else (f"{formula}*{worth}", _PRODUCT)


def _check_alone(facts: Facts, figure: StatedFigure, stated: Stated) -> None:
    """See that the words find the one figure in Excel too, which is not blind to spaces."""
    begins = folded(stated.claim)
    if not figure.claim.casefold().startswith(begins) or figure.ref != figure.ref.strip():
        raise NotLiveError(figure.ref)
    if begins != stated.claim.casefold():
        raise NotLiveError(stated.claim)
    same = [each for each in facts.figures if folded(each.ref) == folded(figure.ref)]
    if len(same) > 1 and not stated.claim:
        raise NotLiveError(figure.ref)


def _constant(number: Fraction) -> tuple[str, int]:
    """Write another edition's figure, which no formula can reach, as a number.

    Raises:
        NotLiveError: if no short decimal is exact.
    """
    text = short_text(number)
    if Fraction(text) != number or len(text) > _MOST_DIGITS:
        raise NotLiveError(text)
    return text, _SUM if number < 0 else _ATOM
