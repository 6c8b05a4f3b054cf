"""Any line at all is a claim or a `ClaimError`; arithmetic and statuses hold for any numbers."""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from builders import YEAR
from rules.reconcile.stated import check, facts, figure, named_line, worked_out
from xlframework.model.figures import UNITS
from xlframework.rules.reconcile.compare import (
    STATUSES,
    FigureError,
    Statement,
    explain,
    is_as_stated,
    read_statement,
)
from xlframework.rules.reconcile.language import read_claim
from xlframework.rules.reconcile.tree import Claim, ClaimError, UncheckableError

OWN = facts(
    [
        named_line("L1", {YEAR: 100_00}, Service="Helpline", Provider="Freeva"),
        named_line("L2", {YEAR: None}, Service="Sport", shared_with="L1"),
        named_line("L3", {YEAR: 7}, Service="Help*", section_name="Prevention"),
    ],
    areas=2,
    pot=5_00,
)

# Pieces of the language and of what people write for it, in any order.
PIECES = st.sampled_from(
    (
        "total(", "lines(", "areas()", "pot()", "awards()", "stated(", "edition(", "each(",
        "percent(", "cannot(", "sum(", "(", ")", "[", "]", "[2024/25 Budget]", "[Section]",
        "[Service]", '"', '"Victims"', '"Help*"', '"L1"', "\u201ca\u201d", "=", ">", "<>", ">=",
        "0", "1.5", "1,000", "99999999999999999", "+", "-", "*", "/", "%", ",", " or ", " begins ",
        " filled", " blank", "'", "\n", "\x00", "\u2212", "=1", "__import__", "\ud83d\ude00", ".",
    )
)  # fmt: skip
LINES = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


def read(line: str) -> Claim | ClaimError:
    try:
        return read_claim(line)
    except ClaimError as error:
        return error


@given(LINES)
def test_any_line_is_a_claim_or_says_where_it_is_none(line: str) -> None:
    found = read(line)
    if isinstance(found, ClaimError):
        assert 1 <= found.at <= len(line) + 1
        assert found.problem
        assert not found.problem.endswith(".")
    else:
        assert found.parts


@given(LINES, st.sampled_from(tuple(UNITS)))
def test_any_line_has_a_status_and_where_it_needs_one_a_reason(line: str, unit: str) -> None:
    (checked,) = check(replace(OWN, figures=(figure(line, "1", unit=unit),)))
    assert checked.status in STATUSES
    assert checked.message or checked.status == "agrees"


OPERATORS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def by_python(node: ast.expr) -> Fraction:
    """Work out a sum as Python's own grammar reads it, in fractions."""
    match node:
        case ast.Constant(value=value):
            return Fraction(str(value))
        case ast.UnaryOp(operand=operand):
            return -by_python(operand)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](by_python(left), by_python(right))
        case _:
            raise AssertionError(ast.dump(node))


NUMBERS = st.one_of(
    st.integers(0, 9999).map(str),
    st.decimals(0, 99, places=2).map(lambda number: f"{number:f}"),
)
SUMS = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"-{one}" if not one.startswith("-") else f"-({one})"),
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(" ".join),
    ),
    max_leaves=15,
)


def by_us(text: str) -> Fraction | str:
    try:
        return worked_out(text, OWN).number
    except (ClaimError, UncheckableError) as error:
        return str(error)


@given(SUMS)
def test_arithmetic_is_pythons_own_in_fractions(text: str) -> None:
    found = by_us(text)
    try:
        expected = by_python(ast.parse(text, mode="eval").body)
    except ZeroDivisionError:
        assert found == "it divides by nought"
    else:
        assert found == expected


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    precision = draw(st.sampled_from(("0.001", "0.01", "0.1", "1", "50", "1000")))
    steps = draw(st.integers(-5000, 5000))
    unit = draw(st.sampled_from(tuple(UNITS)))
    try:
        return read_statement(
            figure("", Fraction(precision) * steps, unit=unit, precision=precision)
        )
    except (FigureError, UncheckableError) as error:
        raise AssertionError(error) from error


@given(statements(), st.fractions(-6_000_000, 6_000_000, max_denominator=10_000))
def test_a_figure_agrees_just_where_it_is_the_rounded_one(told: Statement, exact: Fraction) -> None:
    rounded = told.rounded(exact)
    assert abs(rounded - exact) * 2 <= told.precision
    assert rounded % told.precision == 0
    assert is_as_stated(told, exact) is (rounded == told.stated)
    said = explain(told, exact)
    assert bool(said) or rounded == told.stated
    assert ("truncated" in said or "nearest" in said or "more" in said or "less" in said) is (
        rounded != told.stated
    )


@given(statements(), st.fractions(-1, 1, max_denominator=1000))
def test_cutting_off_is_told_from_rounding(told: Statement, part: Fraction) -> None:
    """A figure between the stated one and the next step away from nought was cut off."""
    away = -1 if told.stated < 0 else 1
    exact = told.stated + away * abs(part) * told.precision * Fraction(999, 1000)
    said = explain(told, exact)
    is_far = abs(part) * Fraction(999, 1000) >= Fraction(1, 2)
    assert ("truncated, not rounded" in said) is is_far
    assert is_as_stated(told, exact) is not is_far


AMOUNTS = st.lists(st.one_of(st.none(), st.integers(-(10**11), 10**11)), min_size=1, max_size=12)


@given(AMOUNTS)
def test_totals_of_parts_add_up_to_the_whole(amounts: list[int | None]) -> None:
    lines = [
        named_line(f"L{number}", amount, section_name=("Victims", "Prevention")[number % 2])
        for number, amount in enumerate(amounts)
    ]
    own = facts(lines, headers=[YEAR])

    def total(conditions: str) -> Fraction:
        try:
            return worked_out(f"total([{YEAR}]{conditions})", own).number
        except (UncheckableError, ClaimError):  # nothing stands there
            return Fraction(0)

    whole = Fraction(sum(amount or 0 for amount in amounts), 100)
    by_id = [total(f', [Line ID] = "L{number}"') for number in range(len(amounts))]
    assert total("") == whole
    assert total(', [Section] = "Victims"') + total(', [Section] = "Prevention"') == whole
    assert total(f", [{YEAR}] > 0") + sum(each for each in by_id if each < 0) == whole
    assert sum(by_id) == whole
