"""Reads the published table of recorded crime by Community Safety Partnership (ONS Table C2)."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xlframework.ground.errors import UnreadableFileError
from xlframework.ground.place import Place

CrimeRowKind = Literal["force", "partnership", "unassigned"]

# What the published table prints where there is no figure.
UNAVAILABLE = "[x]"

_NOTE = re.compile(r"\s*\[note [0-9]+\]", re.IGNORECASE)
_KEYS = {
    "police force area code": "force_code",
    "police force area name": "force",
    "community safety partnership code": "code",
    "community safety partnership name": "name",
    "local authority code": "authority_code",
    "local authority name": "authority",
}
_FIRST = "police force area code"


@dataclass(frozen=True, slots=True)
class CrimeRow:
    """One row of the table.

    Attributes:
        kind: a force's total, a partnership, or what is assigned to none. A place
            without a partnership code, such as an airport, is unassigned too.
        code: the partnership's code, or blank.
        name: the partnership's name, the force's, or what the unassigned row says.
        authority_code: the code of its local authority, or blank.
        authority: the name of its local authority, or blank.
        counts: recorded offences by column; None where none is available.
        place: the line of the file.
    """

    kind: CrimeRowKind
    code: str
    name: str
    authority_code: str
    authority: str
    counts: Mapping[str, int | None]
    place: Place


@dataclass(frozen=True, slots=True)
class ForceCrime:
    """Recorded crime in one police force area.

    Attributes:
        force: its name.
        columns: the offences and their totals, in the order of the table.
        total: the row of the force; None for a force that is one partnership and has
            no row of its own (City of London).
        rows: its partnerships and what is unassigned, in the order of the table.
    """

    force: str
    columns: tuple[str, ...]
    total: CrimeRow | None
    rows: tuple[CrimeRow, ...]

    @property
    def partnerships(self) -> tuple[CrimeRow, ...]:
        """The partnerships' rows."""
        return tuple(row for row in self.rows if row.kind == "partnership")

    @property
    def unassigned(self) -> tuple[CrimeRow, ...]:
        """What is assigned to no partnership."""
        return tuple(row for row in self.rows if row.kind == "unassigned")


def read_recorded_crime(path: Path) -> tuple[ForceCrime, ...]:
    """Read Table C2 as it is published, saved as CSV.

    Rows above the header are passed over, header cells over several lines are put on
    one, `6,558 ` is 6558, and `[x]` is no figure. Rows belong together by the force's
    name, because the published codes of some unassigned rows are another force's.

    Args:
        path: the file.

    Returns:
        The forces in the order of the table.

    Raises:
        UnreadableFileError: if it is not such a table; the message names the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            lines = [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFileError(
            f"{path} is no CSV file in UTF-8. Open the published workbook, go to the sheet Table "
            "C2, and save it as CSV UTF-8."
        ) from error
    start = next((i for i, (_, row) in enumerate(lines) if row and plain(row[0]) == _FIRST), None)
    if start is None:
        raise UnreadableFileError(
            f"{path} is not Table C2: no row starts with the header Police Force Area code. "
            "Save the sheet of the published workbook as CSV, whole."
        )
    headers = [" ".join(_NOTE.sub("", cell).split()) for cell in lines[start][1]]
    missing = [header for header in _KEYS if header not in map(str.casefold, headers)]
    if missing:
        raise UnreadableFileError(f"{path}: the header row has no column {missing[0]!r}.")
    rows = [
        _row(headers, row, Place(str(path), None, f"line {line}"))
        for line, row in lines[start + 1 :]
        if any(cell.strip() for cell in row)
    ]
    return _by_force(rows, tuple(header for header in headers if header.casefold() not in _KEYS))


def plain(header: str) -> str:
    """Fold a header: on one line, blind to case, without its notes."""
    return " ".join(_NOTE.sub("", header).split()).casefold()


_Named = tuple[str, CrimeRow]


def _row(headers: Sequence[str], cells: Sequence[str], place: Place) -> _Named:
    if len(cells) != len(headers):
        raise UnreadableFileError(
            f"{place}: {len(cells)} values, but the header row has {len(headers)}."
        )
    texts = {header: " ".join(cell.split()) for header, cell in zip(headers, cells, strict=True)}
    keyed = {_KEYS[h.casefold()]: text for h, text in texts.items() if h.casefold() in _KEYS}
    name = keyed["name"]
    kind: CrimeRowKind = "force" if not name else "partnership" if keyed["code"] else "unassigned"
    counts = {h: _count(text, h, place) for h, text in texts.items() if h.casefold() not in _KEYS}
    force = _NOTE.sub("", keyed["force"])
    said = name or force
    row = CrimeRow(
        kind, keyed["code"], said, keyed["authority_code"], keyed["authority"], counts, place
    )
    return force, row


def _count(text: str, header: str, place: Place) -> int | None:
    digits = text.replace(",", "")
    if digits in {"", UNAVAILABLE}:
        return None
    if not (digits.isascii() and digits.isdigit()):
        raise UnreadableFileError(f"{place}: {header} is {text!r}, which is not a whole number.")
    return int(digits)


def _by_force(rows: Sequence[_Named], columns: tuple[str, ...]) -> tuple[ForceCrime, ...]:
    totals: dict[str, CrimeRow] = {}
    for force, row in rows:
        if row.kind == "force" and totals.setdefault(force, row) is not row:
            raise UnreadableFileError(f"{row.place}: {force} has a second row of totals.")
    return tuple(
        ForceCrime(
            force,
            columns,
            totals.get(force),
            tuple(row for name, row in rows if name == force and row.kind != "force"),
        )
        for force in dict.fromkeys(name for name, _ in rows)
    )
