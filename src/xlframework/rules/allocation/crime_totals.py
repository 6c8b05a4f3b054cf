"""Checks that no recorded crime is lost: areas and unassigned add up to the force total."""

from collections.abc import Iterator, Sequence

from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue
from xlframework.model.recorded_crime import CrimeRow, ForceCrime


def crime_findings(crime: ForceCrime, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Compare every column of one force with its total.

    Returns:
        Rule `crime-total-differs` for a column that does not add up, and rule
        `crime-count-missing` for one with a count that is not available, or once for
        an unassigned row without any figure. A force without a row of totals has
        nothing to be compared with.
    """
    if crime.total is None:
        return ()
    silent = [row for row in crime.unassigned if not any(_known(row))]
    counted = [row for row in crime.rows if row not in silent]
    findings: list[Finding] = []
    if silent:
        findings.append(_silent(crime.total, counted, silent, catalogue))
    for column in crime.columns:
        findings += _column(crime.total, counted, column, catalogue, partial=bool(silent))
    return tuple(findings)


def _known(row: CrimeRow) -> Iterator[bool]:
    return (count is not None for count in row.counts.values())


def _silent(
    total: CrimeRow, rows: Sequence[CrimeRow], silent: Sequence[CrimeRow], catalogue: Catalogue
) -> Finding:
    """Say once that an unassigned row has no figure, and what that leaves open."""
    names = ", ".join(row.name for row in silent)
    short = [
        column
        for column, stated in total.counts.items()
        if stated is not None and _sum(rows, column) < stated
    ]
    first = short[0] if short else next(iter(total.counts))
    stated = total.counts[first]
    found = _sum(rows, first)
    left = (
        f"the others fall short of the force total in {len(short)} columns; compared is {first}"
        if short
        else "the others do not fall short of the force total in any column"
    )
    return catalogue.finding(
        "crime-count-missing",
        silent[0].place,
        f"{names} is not available in any column; {left}",
        expected=None if stated is None else f"{stated:,}",
        found=f"{found:,}",
        difference=None if stated is None else f"{found - stated:,}",
        fix="Look for the figures in another release."
        if short
        else "Nothing: no recorded crime is missing from the areas.",
    )


def _sum(rows: Sequence[CrimeRow], column: str) -> int:
    return sum(row.counts[column] or 0 for row in rows)


def _column(
    total: CrimeRow, rows: Sequence[CrimeRow], column: str, catalogue: Catalogue, *, partial: bool
) -> Iterator[Finding]:
    """Compare one column; where the rows are only part of the force, they may fall short."""
    blank = [row for row in (total, *rows) if row.counts[column] is None]
    stated = total.counts[column]
    found = _sum(rows, column)
    compared = {
        "expected": None if stated is None else f"{stated:,}",
        "found": f"{found:,}",
        "difference": None if stated is None else f"{found - stated:,}",
    }
    if blank:
        names = ", ".join(row.name for row in blank)
        yield catalogue.finding(
            "crime-count-missing",
            blank[0].place,
            f"{column} of {names} is not available",
            **compared,
        )
    elif stated is not None and (found > stated if partial else found != stated):
        yield catalogue.finding(
            "crime-total-differs",
            total.place,
            f"{column}: the areas of {total.name} and what is unassigned do not add up to the "
            "force total",
            **compared,
        )
