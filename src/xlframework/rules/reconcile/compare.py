"""Compares a stated figure with the computed one, at the precision it was printed with."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from xlframework.ground.exact import (
    NumberError,
    decimal_text,
    parse_number,
    round_half_up,
    short_text,
)
from xlframework.ground.money import LARGEST
from xlframework.model.areas import NotANumber
from xlframework.model.figures import UNITS, StatedFigure, Unit, find_unit
from xlframework.rules.reconcile.facts import suggestion
from xlframework.rules.reconcile.tree import UncheckableError

Status = Literal["agrees", "differs", "cannot be checked"]

STATUSES: tuple[Status, ...] = ("agrees", "differs", "cannot be checked")

_PENNY = Fraction(1, 100)

# A sentence shows a figure with at most so many decimals; a million goes to the pound.
_SPOKEN, _SPOKEN_POUNDS = 4, 6
_MOST_DECIMALS = 9

# What is wrong with a cell, after what it shows.
_NO_NUMBER = "is not a number; type a plain number, without signs"
_AS_TEXT = "is stored as text; set the cell's format to General and type it again"
_NO_STEP = (
    "is no step that a figure is printed with; write 1, 1000 or 0.1 say, in the unit of the figure"
)


class FigureError(ValueError):
    """A cell of a stated figure that cannot be read.

    Attributes:
        column: the column of `Figures` that it stands in.
        problem: what is wrong and what to write.
    """

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(problem)
        self.column = column
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Statement:
    """A stated figure, read.

    Attributes:
        stated: the figure, in its unit.
        unit: what it is in.
        precision: the smallest step that it was printed with, in its unit.
    """

    stated: Fraction
    unit: Unit
    precision: Fraction

    @property
    def decimals(self) -> int:
        """How many decimals a figure of this unit and precision shows; pounds show pence."""
        return max(decimals_of(self.precision), 2 if self.unit.name == "GBP" else 0)

    def rounded(self, number: Fraction) -> Fraction:
        """Round a figure of the unit to its precision, a half away from nought."""
        return round_to(number, self.precision)

    def text(self, number: Fraction) -> str:
        """Write a figure of the unit as a plain number: `98911.00`, `2.3`, `3`."""
        return decimal_text(number, self.decimals)

    def printed(self, number: Fraction) -> str:
        """Write a figure for a sentence, as the document prints it: `£98,911`, `3.0 per cent`."""
        return spoken(number, self.unit, decimals_of(self.precision))


def read_statement(figure: StatedFigure) -> Statement:
    """Read what a row of `Figures` states.

    Raises:
        UncheckableError: if it states nothing yet.
        FigureError: if a cell cannot be read; it names the column.
    """
    unit = find_unit(figure.unit)
    if unit is None:
        said = f"{figure.unit!r} is no unit" if figure.unit.strip() else "there is no unit"
        raise FigureError("Unit", f"{said}; {suggestion(figure.unit, UNITS, 'units')}")
    if figure.stated is None:
        raise UncheckableError("no figure is stated")
    if isinstance(figure.stated, NotANumber):
        problem = _AS_TEXT if is_number(figure.stated.shown) else _NO_NUMBER
        raise FigureError("Stated", f"{figure.stated.shown!r} {problem}")
    precision = _precision(figure, figure.stated, unit)
    if figure.stated % precision:
        raise FigureError(
            "Precision",
            f"the stated figure {short_text(figure.stated)} is no multiple of the precision "
            f"{short_text(precision)}; write the step that the document prints, "
            f"{short_text(_own_step(figure.stated, unit))} say",
        )
    return Statement(figure.stated, unit, precision)


def is_number(shown: str) -> bool:
    """Tell whether a text reads as a number, such as one that was typed into a cell of text."""
    try:
        parse_number(shown)
    except NumberError:
        return False
    return True


def _precision(figure: StatedFigure, stated: Fraction, unit: Unit) -> Fraction:
    precision = figure.precision
    if precision is None:
        return _own_step(stated, unit)
    if isinstance(precision, NotANumber):
        problem = _AS_TEXT if is_number(precision.shown) else _NO_STEP
        raise FigureError("Precision", f"{precision.shown!r} {problem}")
    if precision <= 0 or _is_too_fine(precision):
        raise FigureError("Precision", f"{short_text(precision)!r} {_NO_STEP}")
    return precision


def _is_too_fine(precision: Fraction) -> bool:
    steps: Fraction = precision * 10**_MOST_DECIMALS
    return steps.denominator != 1


def _own_step(stated: Fraction, unit: Unit) -> Fraction:
    """Give the step that the decimals of a figure tell; pounds with pence go to the penny."""
    decimals = decimals_of(stated)
    if unit.name == "GBP" and decimals:
        return min(_PENNY, Fraction(1, 10**decimals))
    return Fraction(1, 10**decimals)


def decimals_of(number: Fraction) -> int:
    """Count the decimals that a decimal number needs."""
    return next(
        count
        for count in range(_MOST_DECIMALS + 1)
        if count == _MOST_DECIMALS or (number * 10**count).denominator == 1
    )


def round_to(number: Fraction, step: Fraction) -> Fraction:
    """Round to a multiple of a step, a half away from nought."""
    return round_half_up(number / step) * step


def cut_to(number: Fraction, step: Fraction) -> Fraction:
    """Cut off to a multiple of a step, towards nought."""
    return int(number / step) * step


def in_unit(number: Fraction, unit: Unit) -> Fraction:
    """Give pounds, things or per cent as a figure of a unit.

    Raises:
        UncheckableError: if it is larger than any budget.
    """
    if abs(number) > LARGEST:
        raise UncheckableError("it comes to more than any budget")
    return number / unit.worth


def is_as_stated(statement: Statement, exact: Fraction) -> bool:
    """Tell whether a figure, rounded as the stated one was printed, is the stated one."""
    return statement.rounded(exact) == statement.stated


def explain(statement: Statement, exact: Fraction, what: str = "it") -> str:
    """Say how a computed figure and the stated one belong together, where that is not plain.

    Args:
        statement: what is stated.
        exact: the computed figure before it is rounded, in the unit.
        what: what comes to that.

    Returns:
        A sentence without its full stop; blank where the numbers say all.
    """
    stated, whole = statement.printed(statement.stated), spoken(exact, statement.unit)
    rounded = statement.rounded(exact)
    shown = statement.printed(rounded)
    is_plain = exact == rounded or shown == whole
    if not is_plain:
        whole = f"{whole}, which is {shown} when rounded"
    if rounded == statement.stated:
        return "" if is_plain else f"{what} comes to {whole}"
    return f"{what} comes to {whole}; the stated {stated} {_fault(statement, exact, rounded)}"


def _fault(statement: Statement, exact: Fraction, rounded: Fraction) -> str:
    """Say what is wrong with a stated figure, as far as its digits tell."""
    if cut_to(exact, statement.precision) == statement.stated:
        return "was truncated, not rounded"
    for step in _coarser(statement):
        if round_to(exact, step) == statement.stated:
            return f"is right only to the nearest {spoken(step, statement.unit)}"
        if cut_to(exact, step) == statement.stated:
            return f"was truncated to a multiple of {spoken(step, statement.unit)}"
    gap = statement.printed(abs(statement.stated - rounded))
    if statement.unit.kind == "per cent":
        gap = gap.replace("per cent", "percentage points")
    return f"is {gap} {'more' if statement.stated > rounded else 'less'}"


def _coarser(statement: Statement) -> Iterator[Fraction]:
    """Give the coarser steps, ten times each, that the stated figure is a multiple of."""
    step = statement.precision * 10
    while statement.stated and abs(statement.stated) >= step and not statement.stated % step:
        yield step
        step *= 10


def spoken(number: Fraction, unit: Unit, decimals: int = 0) -> str:
    """Write a figure of a unit for a sentence, with as many decimals as it needs.

    Args:
        number: the figure.
        unit: what it is in.
        decimals: the fewest that it shows.
    """
    sign, size = ("-" if number < 0 else ""), abs(number)
    text = short_text(size, _SPOKEN_POUNDS if unit.kind == "pounds" else _SPOKEN)
    needed = max(decimals, len(text.partition(".")[2]))
    if unit.name == "GBP" and needed == 1:
        needed = 2
    text = decimal_text(size, needed)
    whole, dot, rest = text.partition(".")
    text = f"{int(whole):,}{dot}{rest}"
    if unit.kind == "pounds":
        return f"{sign}£{text}{unit.name.removeprefix('GBP')}"
    return f"{sign}{text}{' per cent' if unit.kind == 'per cent' else ''}"
