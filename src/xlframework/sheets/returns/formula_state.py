"""Tells whether a formula of a submitted form still says what the form's own formula says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from xlframework.ground.folding import folded
from xlframework.ground.place import Area, cell_name, column_letters

# The pieces of a formula that other programs write in their own ways: words in quotes, a
# reference to a table (brackets within brackets), to cells of a sheet, and a name.
_PIECE = re.compile(
    r"""
    (?P<quote>"(?:[^"]|"")*")
    | (?P<table>[\w.\\]*)(?P<inside>\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])
    | (?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
      \$?(?P<left>[A-Za-z]{1,3})\$?(?P<top>[0-9]{1,7})
      (?: : (?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
            \$?(?P<right>[A-Za-z]{1,3})\$?(?P<bottom>[0-9]{1,7}) )? (?![\w(.!])
    | (?P<name>[^\W\d][\w.]*) (?![\w(!.])
    | (?P<space>\s+)
    """,
    re.VERBOSE,
)
# The form's own formulas are far shorter, however another program writes them.
_LONGEST = 500

_COLUMN = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_ESCAPED = re.compile(r"'(.)")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a formula's references lead to.

    Attributes:
        sheets: the names, folded, that the form's sheet may be called by.
        tables: the names, folded, that its table may be called by; blank for none.
        columns: the column of every header, as it stands and as declared, folded.
        rows: the table's rows, the first below the header and the last that is filled.
        names: the row and column of every named cell, folded.
    """

    sheets: frozenset[str]
    tables: frozenset[str]
    columns: Mapping[str, int]
    rows: tuple[int, int]
    names: Mapping[str, tuple[int, int]]


def same_formula(found: str, issued: str, row: int, around: Surroundings) -> bool:
    """Tell whether two formulas say the same.

    Programs other than Excel write a table's columns as plain ranges, and put in sheets,
    dollar signs, spaces and other case.

    Args:
        found: as it stands, without the equals sign.
        issued: as the form has it.
        row: that both stand in.
        around: what their references lead to.
    """
    if found == issued:
        return True
    return len(found) <= _LONGEST and _plain(found, row, around) == _plain(issued, row, around)


def _plain(formula: str, row: int, around: Surroundings) -> str:
    """Write a formula with every reference as plain cells."""
    written, end = [], 0
    for piece in _PIECE.finditer(formula):
        written.append(formula[end : piece.start()].casefold())
        written.append(_reference(piece, row, around))
        end = piece.end()
    written.append(formula[end:].casefold())
    return "".join(written)


def _reference(piece: re.Match[str], row: int, around: Surroundings) -> str:
    if piece["quote"] is not None:
        return piece["quote"]
    if piece["space"] is not None:
        return ""
    if piece["inside"] is not None:
        return _of_table(piece, row, around)
    if piece["left"] is not None:
        return _of_cells(piece, around)
    at = around.names.get(piece["name"].casefold())
    return piece["name"].casefold() if at is None else cell_name(*at)


def _of_table(piece: re.Match[str], row: int, around: Surroundings) -> str:
    if piece["table"].casefold() not in around.tables:
        return piece[0].casefold()
    inside = piece["inside"][1:-1]
    is_row = inside.lstrip().startswith("@") or "[#this row]" in inside.casefold()
    columns = [around.columns.get(folded(header)) for header in _columns_of(inside)]
    if not columns or None in columns:
        return piece[0].casefold()
    places = [column for column in columns if column is not None]
    if is_row:
        return str(Area(row, min(places), row, max(places)))
    return ":".join(dict.fromkeys(column_letters(place) for place in places))


def _columns_of(inside: str) -> Iterator[str]:
    """Give the headers that a reference to a table names: `[Q1]:[Q4]`, `@Q1`, `#This Row`."""
    if "[" not in inside:
        yield _ESCAPED.sub(r"\1", inside.strip().removeprefix("@"))
        return
    for header in _COLUMN.findall(inside):
        if not header.startswith("#"):
            yield _ESCAPED.sub(r"\1", header)


def _of_cells(piece: re.Match[str], around: Surroundings) -> str:
    if piece["sheet"] is not None:
        sheet = piece["sheet"].strip("'").replace("''", "'").casefold()
        if sheet not in around.sheets:
            return piece[0].casefold()
    return _cells(piece["left"], piece["top"], piece["right"], piece["bottom"], around.rows)


@lru_cache(maxsize=4096)
def _cells(
    left: str, top: str, right: str | None, bottom: str | None, rows: tuple[int, int]
) -> str:
    """Write cells; a range down all rows of the table is written as its whole column."""
    if right is None or bottom is None:
        return f"{left.upper()}{int(top)}"
    first, last = int(top), int(bottom)
    if left.upper() == right.upper() and rows[0] - 1 <= first <= rows[0] and last >= rows[1]:
        return left.upper()
    return f"{left.upper()}{first}:{right.upper()}{last}"
