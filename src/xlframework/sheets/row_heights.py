"""Estimates how tall a row must be for its wrapped words, for readers that do not measure them."""

from collections.abc import Mapping, Sequence

from xlframework.sheets.change import Wanted

POINTS_A_LINE = 15.0
_USUAL_WIDTH = 8.43

# A column's width counts digits. Inside it a cell keeps five pixels free and our words
# stand one step in, which together is two digits.
_MARGIN = 2.0

# How wide the letters of Calibri, Excel's own font, are against its digits; a little
# more is allowed for, because a cut word is worse than a low row's white space.
_NARROW = frozenset("ijl.,:;'|!I ")
_SLIM = frozenset('frtsJ()[]-/"')
_WIDE = frozenset("mwMW@%&—")
_NARROW_WIDTH, _SLIM_WIDTH, _WIDE_WIDTH = 0.5, 0.7, 1.55
_CAPITAL_WIDTH, _LETTER_WIDTH = 1.15, 1.0


def needed_height(
    cells: Sequence[Wanted], first_column: int, widths: Mapping[int, float]
) -> float | None:
    """Estimate a row's height.

    Args:
        cells: the row's cells.
        first_column: the column of the first of them.
        widths: column widths in characters.

    Returns:
        Points; None where one line is enough.
    """
    lines = max(
        (
            lines_needed(cell.value, widths.get(column, _USUAL_WIDTH))
            for column, cell in enumerate(cells, start=first_column)
            if isinstance(cell.value, str) and _wraps(cell)
        ),
        default=1,
    )
    return lines * POINTS_A_LINE if lines > 1 else None


def _wraps(cell: Wanted) -> bool:
    """Tell whether the palette wraps the cell's words (see the looks of the skeleton)."""
    look = cell.look
    if look is None:
        return cell.wraps
    return look.row == "header" or (look.column == "text" and look.row not in {"title", "note"})


def lines_needed(text: str, width: float) -> int:
    """Estimate onto how many lines a text wraps in a column.

    Args:
        text: the words.
        width: the column's width in characters.
    """
    room = max(1.0, width - _MARGIN)
    return sum(_wrapped_lines(line, room) for line in text.splitlines() or [""])


def _wrapped_lines(line: str, room: float) -> int:
    lines, used = 1, 0.0
    space = _letter_width(" ")
    for word in line.split():
        width = sum(map(_letter_width, word))
        if used and used + space + width > room:
            lines, used = lines + 1, 0.0
        # A word that is wider than the column breaks wherever it must.
        broken, used = divmod(used + (space if used else 0.0) + width, room)
        lines += int(broken)
    return lines


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_WIDTH
    if letter in _SLIM:
        return _SLIM_WIDTH
    if letter in _WIDE:
        return _WIDE_WIDTH
    return _CAPITAL_WIDTH if letter.isupper() else _LETTER_WIDTH
