"""Checks that no recorded crime is lost: areas and unassigned add up to the force total."""

from collections.abc import Iterator

from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue
from xlframework.model.recorded_crime import CrimeRow, ForceCrime


def crime_findings(crime: ForceCrime, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Compare every column of one force with its total.

    Returns:
        Rule `crime-total-differs` for a column that does not add up, and rule
        `crime-count-missing` for one with a count that is not available. A force
        without a row of totals has nothing to be compared with.
    """
    if crime.total is None:
        return ()
    total = crime.total
    return tuple(
        finding
        for column in crime.columns
        for finding in _column(total, crime.rows, column, catalogue)
    )


def _column(
    total: CrimeRow, rows: tuple[CrimeRow, ...], column: str, catalogue: Catalogue
) -> Iterator[Finding]:
    blank = [row for row in (total, *rows) if row.counts[column] is None]
    stated = total.counts[column]
    found = sum(row.counts[column] or 0 for row in rows)
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
    elif found != stated:
        yield catalogue.finding(
            "crime-total-differs",
            total.place,
            f"{column}: the areas of {total.name} and what is unassigned do not add up to the "
            "force total",
            **compared,
        )
