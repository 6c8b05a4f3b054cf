"""`areas`: makes a table of areas from the published recorded crime, for `allocate --areas`."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from xlframework.commands.outcome import Outcome
from xlframework.commands.wording import findings_text, plural, table_text
from xlframework.ground.errors import MisuseError
from xlframework.ground.exact import parse_number, percent_text, short_text
from xlframework.ground.finding import Finding, has_errors
from xlframework.ground.folding import folded
from xlframework.ground.shipped import areas_folder
from xlframework.model.areas import CODE, NAME, POPULATION
from xlframework.model.catalogue import read_catalogue
from xlframework.model.edition import read_csv
from xlframework.model.population_file import People, read_people
from xlframework.model.recorded_crime import CrimeRow, ForceCrime, read_recorded_crime
from xlframework.rules.allocation.area_rows import (
    TOTAL,
    AreaRow,
    area_findings,
    area_rows,
    row_harm,
)
from xlframework.rules.allocation.crime_totals import crime_findings
from xlframework.rules.allocation.harm import Harm, HarmWeight
from xlframework.sheets.file_book import write_file

COMMAND = "areas"
HEADERS = (CODE, NAME, POPULATION, "Crime", "Crime harm (low)", "Crime harm (high)")
_ENDING = ".csv"


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made, and of what."""

    out: Path
    crime: ForceCrime
    rows: tuple[AreaRow, ...]
    weights: tuple[HarmWeight, ...]
    people: People
    findings: tuple[Finding, ...]

    def harm(self, row: CrimeRow) -> Harm | None:
        """Give the harm of any row."""
        return row_harm(row, self.weights)


def areas(
    table: Path,
    out: Path,
    *,
    force: str,
    population: Path | None = None,
    templates: Path | None = None,
) -> Outcome:
    """Read the published Table C2, and write the areas of one police force as CSV.

    Args:
        table: Table C2 of recorded crime by Community Safety Partnership, saved as CSV.
        out: the file to write; never one that is there.
        force: the name of the police force area, as the table has it.
        population: people by code; None for the bundled file.
        templates: a folder of templates that comes first.

    Returns:
        The areas, what is assigned to none, and what does not add up or stays blank.

    Raises:
        XlframeworkError: if something that is named cannot be used.
    """
    _refuse_out(out)
    forces = read_recorded_crime(table)
    crime = _choose(forces, force, table)
    weights = harm_weights()
    people = read_people(population or areas_folder() / "population.csv")
    catalogue = read_catalogue(templates)
    rows = area_rows(crime, forces, weights, people)
    findings = (
        *crime_findings(crime, catalogue),
        *area_findings(crime, rows, weights, people, catalogue),
    )
    write_file(_csv(rows), out)
    made = _Made(out, crime, rows, weights, people, findings)
    return Outcome(COMMAND, _text(made), findings, _data(made))


def _refuse_out(out: Path) -> None:
    if out.exists():
        raise MisuseError(f"{out} is already there; choose another name, or move it away first.")
    if out.suffix.casefold() != _ENDING:
        raise MisuseError(f"--out names {out}, but areas are written as CSV; end it in {_ENDING}.")


def _choose(forces: Sequence[ForceCrime], wanted: str, table: Path) -> ForceCrime:
    """Find a force by its name, blind to case and spaces.

    Raises:
        MisuseError: if there is none; the message has the names that come near.
    """
    by_name = {folded(each.force): each for each in forces}
    key = folded(wanted)
    if key in by_name:
        return by_name[key]
    close = get_close_matches(key, by_name, n=3)
    parts = [name for name in by_name if key and (key in name or name in key)]
    near = [by_name[name].force for name in dict.fromkeys((*parts, *close))]
    hint = (
        f"did you mean {' or '.join(near)}?"
        if near
        else f"it has {', '.join(each.force for each in forces)}."
    )
    raise MisuseError(f"--force: {table.name} has no police force area {wanted!r}; {hint}")


def harm_weights() -> tuple[HarmWeight, ...]:
    """Give the bundled weights of the Cambridge Crime Harm Index."""
    return tuple(
        HarmWeight(row["Offence"], parse_number(row["Days, low"]), parse_number(row["Days, high"]))
        for row in read_csv(areas_folder() / "harm_weights.csv").rows
    )


def _csv(rows: Sequence[AreaRow]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADERS)
    for row in rows:
        figures = (row.population, row.crime, *_days(row.harm))
        writer.writerow((row.code, row.published.name, *(_plain(each) or "" for each in figures)))
    return stream.getvalue().encode()


def _days(found: Harm | None) -> tuple[Fraction | None, Fraction | None]:
    return (None, None) if found is None else (found.low, found.high)


def _plain(number: Fraction | int | None) -> str | None:
    return None if number is None else short_text(Fraction(number))


def _shown(number: Fraction | int | None) -> str:
    whole, point, rest = (_plain(number) or "").partition(".")
    return f"{int(whole):,}{point}{rest}" if whole else "not known"


def _text(made: _Made) -> str:
    crime = made.crime
    listed = [
        (
            row.published.name,
            row.code,
            *map(_shown, (row.population, row.crime, *_days(row.harm))),
        )
        for row in made.rows
    ]
    others = crime.unassigned if crime.total is None else (*crime.unassigned, crime.total)
    listed += [
        (_named(row), "", "", *map(_shown, (row.counts[TOTAL], *_days(made.harm(row)))))
        for row in others
    ]
    headers = (NAME, "code", "population", "crime", "harm (low)", "harm (high)")
    notes = (_unassigned(crime), f"Population: {made.people.column} of {made.people.file}.")
    but = ", but put the errors above right first" if has_errors(made.findings) else ""
    end = (
        f"{made.out}: written ({plural(len(made.rows), 'area')}){but}.",
        f"Next: xlframework allocate --areas {made.out} --formula TOML",
    )
    parts = (table_text(headers, listed), "\n".join(notes), findings_text(made.findings))
    return "\n\n".join((*parts, "\n".join(end)))


def _named(row: CrimeRow) -> str:
    return f"{row.name}, in all" if row.kind == "force" else row.name


def _unassigned(crime: ForceCrime) -> str:
    """Say how much crime is in no area's row."""
    if not crime.unassigned:
        return "The table has no recorded crime that is assigned to no area."
    counts = [row.counts[TOTAL] for row in crime.unassigned]
    number = sum(each or 0 for each in counts)
    whole = None if crime.total is None else crime.total.counts[TOTAL]
    if None in counts:
        known = f" beyond {number:,}" if number else ""
        return f"How many recorded crimes are assigned to no area is not known{known}."
    of = f" of {whole:,} ({percent_text(Fraction(number, whole))})" if whole else ""
    return f"Assigned to no area, and in no row of the file: {number:,}{of} recorded crimes."


def _data(made: _Made) -> dict[str, object]:
    crime = made.crime
    return {
        "out": str(made.out),
        "force": crime.force,
        "population": {"file": made.people.file, "column": made.people.column},
        "areas": [
            {
                "code": row.code,
                "csp_code": row.published.code,
                "area": row.published.name,
                "population": _plain(row.population),
                **_figures(row.crime, row.harm),
            }
            for row in made.rows
        ],
        "unassigned": [
            {"name": row.name, **_figures(row.counts[TOTAL], made.harm(row))}
            for row in crime.unassigned
        ],
        "total": None
        if crime.total is None
        else _figures(crime.total.counts[TOTAL], made.harm(crime.total)),
    }


def _figures(count: int | None, found: Harm | None) -> dict[str, object]:
    low, high = _days(found)
    return {"crime": count, "harm_low": _plain(low), "harm_high": _plain(high)}
