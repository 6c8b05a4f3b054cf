"""Findings about stated figures: those that differ, and those that cannot be followed."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from textwrap import shorten

from xlframework.ground.finding import Finding
from xlframework.ground.folding import folded
from xlframework.ground.money import pounds_text
from xlframework.ground.place import Place
from xlframework.model.catalogue import Catalogue
from xlframework.rules.reconcile.compare import FigureError
from xlframework.rules.reconcile.editions import Printed
from xlframework.rules.reconcile.facts import Facts
from xlframework.rules.reconcile.figures import Checked

# What a stated figure that differs is, to somebody who reconciles a document, and to
# somebody who only refreshes the workbook.
DIFFERS = "figure-differs"
UNRECONCILED = "figure-unreconciled"

_LONGEST_FOUND = 200


def figure_findings(
    checked: Iterable[Checked], catalogue: Catalogue, rule: str = DIFFERS
) -> Iterator[Finding]:
    """Give one finding for each figure that differs or that is not said right.

    A figure that cannot be checked for a good reason is none.

    Args:
        checked: the figures.
        catalogue: for the findings.
        rule: the rule that a differing figure breaks.
    """
    for each in checked:
        figure, problem = each.figure, each.problem
        if isinstance(problem, FigureError):
            yield catalogue.finding(
                "figure-unread",
                figure.origin.place(problem.column),
                f"{figure.name}: {problem.problem}",
            )
        elif problem is not None:
            yield catalogue.finding(
                "figure-broken",
                figure.origin.place("Computed by"),
                f"{figure.name}: {each.message}",
                found=shorten(figure.computed_by, _LONGEST_FOUND, placeholder="..."),
            )
        elif each.status == "differs":
            texts = figure_texts(each)
            yield catalogue.finding(
                rule,
                figure.origin.place("Stated"),
                f"{figure.name}: {each.message}",
                expected=texts["computed"],
                found=texts["stated"],
                difference=texts["difference"],
            )


def figure_texts(checked: Checked) -> Mapping[str, str | None]:
    """Write the numbers of a checked figure as plain text: stated, computed, difference.

    All are in the figure's unit, at the precision that it was printed with, pounds with
    their pence; None where there is no number.
    """
    statement = checked.statement

    def text(number: Fraction | None) -> str | None:
        return None if statement is None or number is None else statement.text(number)

    return {
        "stated": text(statement.stated if statement else None),
        "computed": text(checked.computed),
        "difference": text(checked.difference),
    }


def unused_findings(
    other: Facts, place: Place, named: Iterable[str], catalogue: Catalogue
) -> Iterator[Finding]:
    """Say so where claims name other editions, but not the one that somebody gave.

    Args:
        other: the one that was given.
        place: where it names its edition.
        named: the editions that claims name.
        catalogue: for the finding.
    """
    names = sorted({name for name in named if name.strip()}, key=folded)
    if names and folded(other.edition) not in map(folded, names):
        its = f"names the edition {other.edition}" if other.edition else "names no edition"
        yield catalogue.finding(
            "figure-with-unused",
            place,
            f"no stated figure is worked out from it: its Cover {its}, and the claims name "
            f"{' and '.join(names)}",
        )


def edition_findings(
    printed: Iterable[Printed], columns: Mapping[str, Place], catalogue: Catalogue
) -> Iterator[Finding]:
    """Give one finding for each other edition and amount column that differ.

    Args:
        printed: what differs.
        columns: where the header of each amount column stands.
        catalogue: for the findings.
    """
    for each in printed:
        apart = each.own_total != each.other_total
        yield catalogue.finding(
            "figure-editions-differ",
            columns[each.header],
            each.message,
            expected=pounds_text(each.other_total) if apart else None,
            found=pounds_text(each.own_total) if apart else None,
            difference=pounds_text(each.own_total - each.other_total) if apart else None,
        )
