"""Checks every stated figure of an edition: agrees, differs, or cannot be checked, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from xlframework.model.figures import StatedFigure
from xlframework.rules.reconcile.circles import circles
from xlframework.rules.reconcile.compare import (
    FigureError,
    Statement,
    Status,
    explain,
    in_unit,
    is_as_stated,
    read_statement,
)
from xlframework.rules.reconcile.evaluate import Setting, evaluate, fits
from xlframework.rules.reconcile.language import read_claim
from xlframework.rules.reconcile.tree import (
    Claim,
    ClaimError,
    Part,
    UncheckableError,
    names_nothing,
)

NOT_DECLARED = "Computed by is blank, so nothing says how it is worked out"
MERE_NUMBERS = "Computed by holds numbers alone, so the figure would be checked against itself"


@dataclass(frozen=True, slots=True)
class Checked:
    """A stated figure, checked.

    Attributes:
        figure: the row.
        status: the outcome.
        message: why it differs or cannot be checked; for one that agrees, how it was
            rounded, or blank.
        statement: what is stated; None where that cannot be read.
        claim: what `Computed by` says; None where it is blank or cannot be followed.
        exact: the computed figure in the unit, before it is rounded.
        problem: what is wrong with the line of `Computed by`, or with a cell.
    """

    figure: StatedFigure
    status: Status
    message: str = ""
    statement: Statement | None = None
    claim: Claim | None = None
    exact: Fraction | None = None
    problem: ClaimError | FigureError | None = None

    @property
    def computed(self) -> Fraction | None:
        """The computed figure, rounded as the stated one was printed."""
        if self.statement is None or self.exact is None:
            return None
        return self.statement.rounded(self.exact)

    @property
    def difference(self) -> Fraction | None:
        """The stated figure less the computed one; nought where they agree."""
        computed = self.computed
        if self.statement is None or computed is None:
            return None
        return self.statement.stated - computed


def read_claims(figures: tuple[StatedFigure, ...]) -> Mapping[int, Claim | ClaimError]:
    """Read every line of `Computed by`, by the row of its figure; blank ones are left out."""
    return {
        figure.origin.row: _read(figure.computed_by)
        for figure in figures
        if figure.computed_by.strip()
    }


def _read(line: str) -> Claim | ClaimError:
    try:
        return read_claim(line)
    except ClaimError as error:
        return error


def check_figures(
    setting: Setting, claims: Mapping[int, Claim | ClaimError]
) -> tuple[Checked, ...]:
    """Check the stated figures of an edition.

    Args:
        setting: the edition, and the others that claims refer to.
        claims: what `read_claims` gave for its figures.

    Returns:
        Every figure in the order of the rows.
    """
    good = {row: claim for row, claim in claims.items() if isinstance(claim, Claim)}
    said = {**claims, **circles(setting.facts, good)}
    return tuple(
        _check(figure, setting, said.get(figure.origin.row)) for figure in setting.facts.figures
    )


def _check(figure: StatedFigure, setting: Setting, said: Claim | ClaimError | None) -> Checked:
    unknown = Checked(figure, "cannot be checked")
    try:
        statement = read_statement(figure)
    except FigureError as error:
        if said is None:
            return replace(unknown, message=NOT_DECLARED)
        return replace(unknown, message=f"{error.column}: {error.problem}", problem=error)
    except UncheckableError as error:
        if isinstance(said, ClaimError):
            return _broken(unknown, said)
        return replace(unknown, message=str(error))
    unknown = replace(unknown, statement=statement)
    if isinstance(said, ClaimError):
        return _broken(unknown, said)
    return _worked_out(unknown, statement, setting, said)


def _worked_out(
    unknown: Checked, statement: Statement, setting: Setting, claim: Claim | None
) -> Checked:
    if claim is None or names_nothing(claim):
        return replace(unknown, message=NOT_DECLARED if claim is None else MERE_NUMBERS)
    try:
        parts = [(part, _exact(part, statement, setting)) for part in claim.parts]
    except ClaimError as error:
        return _broken(unknown, error)
    except UncheckableError as error:
        return replace(unknown, message=str(error))
    return _compared(replace(unknown, claim=claim), statement, parts)


def _broken(unknown: Checked, error: ClaimError) -> Checked:
    message = f"Computed by cannot be followed from character {error.at} on: {error.problem}"
    return replace(unknown, message=message, problem=error)


def _exact(part: Part, statement: Statement, setting: Setting) -> Fraction:
    quantity = evaluate(part.expression, setting)
    if not fits(quantity.kind, statement.unit):
        raise ClaimError(
            part.expression.at,
            f"it comes to {quantity.kind}, but the figure is stated in {statement.unit.name}",
        )
    return in_unit(quantity.number, statement.unit)


def _compared(
    checked: Checked, statement: Statement, parts: list[tuple[Part, Fraction]]
) -> Checked:
    part, exact = _furthest(statement, parts)
    message = explain(statement, exact, "it" if len(parts) == 1 else part.text)
    status: Status = "agrees" if is_as_stated(statement, exact) else "differs"
    return replace(checked, status=status, message=message, exact=exact)


def _furthest(statement: Statement, parts: list[tuple[Part, Fraction]]) -> tuple[Part, Fraction]:
    """Choose the part that lies furthest from what is stated; of two, the greater one."""

    def distance(each: tuple[Part, Fraction]) -> tuple[Fraction, Fraction]:
        rounded = statement.rounded(each[1])
        return abs(rounded - statement.stated), rounded

    return max(parts, key=distance)
