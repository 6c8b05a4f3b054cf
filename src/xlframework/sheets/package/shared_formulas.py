"""Writes a shared formula out for a cell that depends on its master."""

import re
from functools import lru_cache

from xlframework.ground.place import LAST_COLUMN, LAST_ROW, column_letters, column_number

# A sheet's name in quotes may hold colons and exclamation marks; what follows it
# belongs to it.
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_ENDS_OF_RANGE = re.compile(rf"(?:{_QUOTED.pattern}|[^:'])+")
_CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})\Z")
_COLUMN = re.compile(r"(\$?)([A-Za-z]{1,3})\Z")
_ROW = re.compile(r"(\$?)([1-9][0-9]{0,6})\Z")


class FormulaError(ValueError):
    """A formula text that cannot be taken apart."""


def translate(formula: str, master: tuple[int, int], cell: tuple[int, int]) -> str:
    """Shift a formula's relative references from its master's cell to another.

    Args:
        formula: the master's formula, without the equals sign.
        master: row and column of the cell that the formula is written for.
        cell: row and column of the cell that shares it.

    Raises:
        FormulaError: if the formula cannot be taken apart.
    """
    rows, columns = cell[0] - master[0], cell[1] - master[1]
    return "".join(
        _shift(text, rows, columns) if is_reference else text
        for text, is_reference in _pieces(formula)
    )


@lru_cache(maxsize=256)
def _pieces(formula: str) -> tuple[tuple[str, bool], ...]:
    """Cut a formula into its texts, each with whether it is a reference."""
    # openpyxl is slow to load and most workbooks share no formulas.
    from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError  # noqa: PLC0415

    try:
        tokens = Tokenizer("=" + formula).items
    except (TokenizerError, IndexError) as error:
        raise FormulaError(f"={formula} is not a formula") from error
    return tuple(
        (token.value, token.type == Token.OPERAND and token.subtype == Token.RANGE)
        for token in tokens
    )


def _shift(reference: str, rows: int, columns: int) -> str:
    """Shift one reference; names and table references stay as they are."""
    sheet, mark, cells = reference.rpartition("!")
    if "[" in cells:
        return reference
    if "!" in _QUOTED.sub("", sheet):
        ends = _ENDS_OF_RANGE.findall(reference)
        return ":".join(_shift(end, rows, columns) for end in ends)
    shifted = _shift_cells(cells, rows, columns)
    return "#REF!" if shifted is None else sheet + mark + shifted


def _shift_cells(cells: str, rows: int, columns: int) -> str | None:
    """Shift `A1`, `A1:B5`, `A:C` or `3:5`; None where that leads off the sheet."""
    ends = cells.split(":")
    for pattern in (_COLUMN, _ROW) if len(ends) > 1 else ():
        if all(pattern.match(end) for end in ends):
            break
    else:
        pattern = _CORNER
    shifted = [_shift_end(end, pattern, rows, columns) for end in ends]
    return None if None in shifted else ":".join(end for end in shifted if end is not None)


def _shift_end(end: str, pattern: re.Pattern[str], rows: int, columns: int) -> str | None:
    match = pattern.match(end)
    if match is None:
        return end
    pieces = []
    for fixed, place in zip(*[iter(match.groups())] * 2, strict=True):
        moved = _shift_row(place, rows) if place.isdecimal() else _shift_column(place, columns)
        if not fixed and moved is None:
            return None
        pieces.append(fixed + (place if fixed else moved or ""))
    return "".join(pieces)


def _shift_row(text: str, by: int) -> str | None:
    row = int(text) + by
    return str(row) if 1 <= row <= LAST_ROW else None


def _shift_column(letters: str, by: int) -> str | None:
    column = column_number(letters) + by
    return column_letters(column) if 1 <= column <= LAST_COLUMN else None
