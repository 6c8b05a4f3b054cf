"""Rows of a table of areas out of published recorded crime: code, people, crime and harm."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlframework.ground.errors import MisuseError, UnreadableFileError
from xlframework.ground.finding import Finding
from xlframework.ground.place import Place
from xlframework.model.catalogue import Catalogue
from xlframework.model.population_file import People
from xlframework.model.recorded_crime import CrimeRow, ForceCrime
from xlframework.rules.allocation.harm import Harm, HarmWeight, harm

TOTAL = "Total recorded crime (excluding fraud)"

# The code of one local authority; `Combined Local Authorities` stands there as well.
_ONE_AUTHORITY = re.compile(r"[A-Z][0-9]{8}\Z")


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area of a force.

    Attributes:
        code: the code of its local authority, or of its partnership where the published
            table gives it no authority of its own.
        population: people; None where they are not known.
        crime: recorded crime; None where it is not available.
        harm: crime harm; None where a count that it needs is not available.
        published: the row that it comes from.
    """

    code: str
    population: Fraction | None
    crime: int | None
    harm: Harm | None
    published: CrimeRow

    @property
    def said(self) -> str:
        """Name it, for a message: `Blaby (E07000129)`."""
        return f"{self.published.name} ({self.code})"


def area_rows(
    force: ForceCrime,
    forces: Sequence[ForceCrime],
    weights: Sequence[HarmWeight],
    people: People,
) -> tuple[AreaRow, ...]:
    """Give the areas of a force, in the order of their codes.

    Args:
        force: the one that is wanted.
        forces: all of the table, to know which authorities several partnerships share.
        weights: the harm of each offence.
        people: the population of whatever areas are known.

    Raises:
        MisuseError: if the table has no such column as the total or a weighted offence, or
            the force has no partnership.
        UnreadableFileError: if two of its partnerships have one code.
    """
    for column in (TOTAL, *(weight.offence for weight in weights)):
        if column not in force.columns:
            raise MisuseError(
                f"The table has no column {column!r}, so crime and harm cannot be computed; if a "
                "new release calls it otherwise, write this name into its header."
            )
    if not force.partnerships:
        raise MisuseError(f"The table has no Community Safety Partnership of {force.force}.")
    authorities = Counter(row.authority_code for each in forces for row in each.partnerships)
    rows = []
    seen: dict[str, CrimeRow] = {}
    for row in force.partnerships:
        own = authorities[row.authority_code] == 1 and _ONE_AUTHORITY.match(row.authority_code)
        code = row.authority_code if own else row.code
        if seen.setdefault(code, row) is not row:
            raise UnreadableFileError(
                f"{row.place}: the code {code} of {row.name} stands at {seen[code].place} already, "
                f"for {seen[code].name}; correct one of them."
            )
        # A partnership's own population comes before that of its authority.
        known = (people.by_code.get(each.casefold()) for each in (row.code, code))
        population = next((number for number in known if number is not None), None)
        rows.append(AreaRow(code, population, row.counts[TOTAL], row_harm(row, weights), row))
    return tuple(sorted(rows, key=lambda each: each.code))


def row_harm(row: CrimeRow, weights: Sequence[HarmWeight]) -> Harm | None:
    """Give the harm of a row; None where a count that it needs is not available."""
    return None if _unavailable(row, weights) else harm(row.counts, weights)


def _unavailable(row: CrimeRow, weights: Sequence[HarmWeight]) -> tuple[str, ...]:
    return tuple(each.offence for each in weights if row.counts[each.offence] is None)


def area_findings(
    force: ForceCrime,
    rows: Sequence[AreaRow],
    weights: Sequence[HarmWeight],
    people: People,
    catalogue: Catalogue,
) -> Iterator[Finding]:
    """Say which cells stay blank and why, and which areas have a partnership's code."""
    yield from _unweighted(force, weights, catalogue)
    for row in rows:
        blank = _unavailable(row.published, weights)
        if row.crime is None or blank:
            headers = ["Crime"] * (row.crime is None) + ["Crime harm"] * bool(blank)
            why = ", ".join([TOTAL] * (row.crime is None) + list(blank))
            yield catalogue.finding(
                "areas-count-blank",
                row.published.place,
                f"{' and '.join(headers)} of {row.said}: left blank, since the published table "
                f"has no figure for {why}",
            )
    without = [row.said for row in rows if row.population is None]
    if without:
        yield catalogue.finding(
            "areas-population-unknown",
            Place(people.file, None, "line 1"),
            f"there is no population under {people.column} for {len(without)} of {len(rows)} "
            f"areas, so it is left blank: {', '.join(without)}",
        )
    partnerships = [row for row in rows if row.code == row.published.code]
    if partnerships:
        yield catalogue.finding(
            "areas-partnership-code",
            partnerships[0].published.place,
            "the published table gives no local authority of its own to "
            f"{', '.join(row.said for row in partnerships)}; the partnership's code is the area "
            "code",
        )


def _unweighted(
    force: ForceCrime, weights: Sequence[HarmWeight], catalogue: Catalogue
) -> Iterator[Finding]:
    """Compare the offences that have a weight with all recorded crime, on one row."""
    whole = force.total or force.partnerships[0]
    stated = whole.counts[TOTAL]
    if stated is None or _unavailable(whole, weights):
        return
    weighted = sum(whole.counts[weight.offence] or 0 for weight in weights)
    if weighted != stated:
        yield catalogue.finding(
            "areas-harm-incomplete",
            whole.place,
            f"the offences that have a harm weight do not make up {TOTAL} of {whole.name}",
            expected=f"{stated:,}",
            found=f"{weighted:,}",
            difference=f"{weighted - stated:,}",
        )
