"""Works a claim out: every figure exact, as a fraction, and nothing that is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from xlframework.ground.folding import folded
from xlframework.model.areas import NotANumber
from xlframework.model.budget import Unread
from xlframework.model.figures import Kind, StatedFigure, Unit, as_quantity, find_unit
from xlframework.rules.reconcile.facts import Facts, suggestion
from xlframework.rules.reconcile.select import chosen_lines
from xlframework.rules.reconcile.sums import sum_of
from xlframework.rules.reconcile.tree import (
    Cannot,
    ClaimError,
    Count,
    Expression,
    Fact,
    InEdition,
    Negative,
    Number,
    Pair,
    Percent,
    Stated,
    Total,
    UncheckableError,
)

_PENCE = 100
_HUNDRED: Final = 100
_PLAIN: Final = "plain number"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: pounds, things, per cent, or a plain number such as a ratio."""

    number: Fraction
    kind: Kind


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a claim is worked out.

    Attributes:
        facts: the edition that it is about.
        editions: others, by their names in small letters (`folded`).
        known: the names of the editions that can be had, for a reason.
    """

    facts: Facts
    editions: Mapping[str, Facts]
    known: tuple[str, ...] = ()


def evaluate(  # noqa: C901, PLR0911 - one case for each kind of figure
    expression: Expression, setting: Setting
) -> Quantity:
    """Work out one figure.

    Raises:
        ClaimError: if it names what is not there, or mixes pounds with counts.
        UncheckableError: if it cannot be known; the error says why.
    """
    match expression:
        case Number(value=value):
            return Quantity(value, _PLAIN)
        case Total(column=column, conditions=conditions, at=at):
            pence = sum_of(setting.facts, column, conditions, at)
            return Quantity(Fraction(pence, _PENCE), "pounds")
        case Count(conditions=conditions):
            return Quantity(Fraction(len(chosen_lines(setting.facts, conditions))), "count")
        case Fact():
            return _fact(expression, setting.facts)
        case Stated():
            return _stated(find_stated(setting.facts, expression))
        case InEdition():
            return _in_edition(expression, setting)
        case Percent():
            return _percent(expression, setting)
        case Negative(inner=inner):
            found = evaluate(inner, setting)
            return Quantity(-found.number, found.kind)
        case Pair():
            return _pair(expression, setting)
        case Cannot(reason=reason):
            raise UncheckableError(reason)


def _fact(fact: Fact, facts: Facts) -> Quantity:
    if fact.name == "areas":
        return Quantity(Fraction(facts.areas), "count")
    if fact.name == "awards":
        if facts.awards is None:
            raise UncheckableError(facts.no_awards)
        return Quantity(Fraction(facts.awards, _PENCE), "pounds")
    if isinstance(facts.pot, Unread):
        raise UncheckableError(f"the pot, {facts.pot.shown!r}, could not be read")
    if facts.pot is None:
        raise UncheckableError(f"the pot of {facts.name} is blank")
    return Quantity(Fraction(facts.pot, _PENCE), "pounds")


def find_stated(facts: Facts, wanted: Stated) -> StatedFigure:
    """Find the one figure that a claim refers to.

    Raises:
        ClaimError: if there is none, or more than one.
    """
    named = [each for each in facts.figures if folded(each.ref) == folded(wanted.ref)]
    if not named:
        refs = [each.ref for each in facts.figures]
        raise ClaimError(
            wanted.at,
            f"no stated figure has the Ref {wanted.ref!r}; {suggestion(wanted.ref, refs, 'Refs')}",
        )
    found = [each for each in named if folded(each.claim).startswith(folded(wanted.claim))]
    if not found:
        claims = [each.claim for each in named]
        raise ClaimError(
            wanted.at,
            f"no Claim of {wanted.ref!r} begins with {wanted.claim!r}; "
            f"{suggestion(wanted.claim, claims, 'claims')}",
        )
    if len(found) > 1:
        raise ClaimError(
            wanted.at,
            f"{len(found)} stated figures answer to this: say how the Claim begins, as in "
            f'stated("{wanted.ref}", "{found[0].claim}"); claims that begin alike must be '
            "made different",
        )
    return found[0]


def _stated(figure: StatedFigure) -> Quantity:
    unit = find_unit(figure.unit)
    if figure.stated is None or isinstance(figure.stated, NotANumber) or unit is None:
        raise UncheckableError(f"the stated figure {figure.name!r} that it needs cannot be read")
    return Quantity(as_quantity(figure.stated, unit), unit.kind)


def _in_edition(expression: InEdition, setting: Setting) -> Quantity:
    facts = setting.editions.get(folded(expression.edition))
    if facts is None:
        known = ", ".join(setting.known) or "none"
        raise UncheckableError(
            f"the edition {expression.edition!r} is not to be had (there are {known}); give its "
            "workbook with --with"
        )
    return evaluate(expression.inner, Setting(facts, {}))


def _percent(expression: Percent, setting: Setting) -> Quantity:
    part, whole = (evaluate(each, setting) for each in (expression.part, expression.whole))
    if _PLAIN not in (part.kind, whole.kind) and part.kind != whole.kind:
        raise ClaimError(expression.at, f"the part is in {part.kind} and the whole in {whole.kind}")
    if not whole.number:
        raise UncheckableError("the whole is nought, so there is no percentage of it")
    return Quantity(_HUNDRED * part.number / whole.number, "per cent")


def _pair(pair: Pair, setting: Setting) -> Quantity:
    left, right = evaluate(pair.left, setting), evaluate(pair.right, setting)
    if pair.sign in {"+", "-"}:
        return _added(pair, left, right)
    if pair.sign == "*":
        if _PLAIN not in (left.kind, right.kind):
            raise ClaimError(
                pair.at, f"{left.kind} are multiplied by {right.kind}; one must be a plain number"
            )
        kind = right.kind if left.kind == _PLAIN else left.kind
        return Quantity(left.number * right.number, kind)
    if not right.number:
        raise UncheckableError("it divides by nought")
    kind = left.kind if right.kind == _PLAIN else _PLAIN
    return Quantity(left.number / right.number, kind)


def _added(pair: Pair, left: Quantity, right: Quantity) -> Quantity:
    kinds: Sequence[Kind] = [each.kind for each in (left, right) if each.kind != _PLAIN]
    if len(set(kinds)) > 1:
        verb = "added to" if pair.sign == "+" else "taken from"
        raise ClaimError(
            pair.at, f"{right.kind} cannot be {verb} {left.kind}; write both in the same"
        )
    number = left.number + right.number if pair.sign == "+" else left.number - right.number
    return Quantity(number, kinds[0] if kinds else _PLAIN)


def fits(kind: Kind, unit: Unit) -> bool:
    """Tell whether a figure of a kind can be compared with one that is stated in a unit."""
    return kind in {_PLAIN, unit.kind}
