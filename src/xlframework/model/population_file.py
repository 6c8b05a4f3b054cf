"""Reads how many people live in each area, by the area's code, from a CSV file."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from xlframework.ground.errors import UnreadableFileError
from xlframework.ground.exact import NumberError, parse_number
from xlframework.ground.folding import folded
from xlframework.model.areas import CODE, POPULATION
from xlframework.model.edition import CsvTable, read_csv

PARTNERSHIP = "CSP code"

# The column that holds the people: a team's own, or that of the bundled file.
COLUMNS = (POPULATION, "Census 2021")


@dataclass(frozen=True, slots=True)
class People:
    """How many people live where.

    Attributes:
        file: where it was read, for messages.
        column: the header of the column that was read.
        by_code: people by code, the code in small letters; an area whose cell is blank
            is not among them.
    """

    file: str
    column: str
    by_code: Mapping[str, Fraction]


def read_people(path: Path) -> People:
    """Read a CSV file with `Area code` or `CSP code`, or both, and `Population`.

    Where there is no column `Population`, `Census 2021` is read, as in the bundled file.

    Raises:
        DeclarationError: if it is no CSV file.
        UnreadableFileError: if a column is missing, a code stands twice, or a population
            is no number of nought or more; the message names the line.
    """
    table = read_csv(path)
    headers = {folded(header): header for header in table.headers}
    codes = [headers[key] for key in map(folded, (CODE, PARTNERSHIP)) if key in headers]
    column = next((headers[key] for key in map(folded, COLUMNS) if key in headers), None)
    if not codes or column is None:
        missing = f"{CODE!r} or {PARTNERSHIP!r}" if not codes else f"{POPULATION!r}"
        raise UnreadableFileError(f"{path}, line 1: there is no column {missing}; add it.")
    return People(str(path), column, _by_code(table, codes, column))


def _by_code(table: CsvTable, codes: list[str], column: str) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    lines: dict[str, int] = {}
    for row, line in zip(table.rows, table.lines, strict=True):
        for code in {row[each].strip().casefold() for each in codes} - {""}:
            if lines.setdefault(code, line) != line:
                raise UnreadableFileError(
                    f"{table.file}, line {line}: the code {code.upper()} stands on line "
                    f"{lines[code]} already; delete one of the two rows."
                )
            if row[column].strip():
                found[code] = _number(row[column], f"{table.file}, line {line}: {column}")
    return found


def _number(text: str, where: str) -> Fraction:
    try:
        number = parse_number(text)
    except NumberError as error:
        raise UnreadableFileError(f"{where}: {error}; type a plain number.") from error
    if number < 0:
        raise UnreadableFileError(f"{where} is negative; correct the number.")
    return number
