"""Reads one printed amount: pence, blank, a nought in words, or a share of another line's."""

from dataclasses import dataclass

from xlframework.appendix.layout import Column, Layout, Shared
from xlframework.appendix.parse.grid import GridCell
from xlframework.appendix.parse.text import pattern_value, same_label
from xlframework.ground.money import BLANK_WORDS
from xlframework.model.budget import Unread

_USUAL = Shared()


@dataclass(frozen=True, slots=True)
class PrintedAmount:
    """What an amount cell says.

    Attributes:
        pence: the amount; None for blank.
        above: whether it is included in the line above.
        service: the service whose amount includes this one.
        unread: why it cannot be read.
    """

    pence: int | None = None
    above: bool = False
    service: str | None = None
    unread: Unread | None = None


def printed_amount(layout: Layout, column: Column, cell: GridCell) -> PrintedAmount:
    """Read the cell of an amount column in a line's row.

    Where a layout prints blank and nought alike, the cell is taken for blank.
    """
    if cell.is_blank:
        # Only a layout that prints something else for blank tells a nought by an empty cell.
        is_nought = column.zero is not None and not column.zero.strip() and column.blank.strip()
        return PrintedAmount(0 if is_nought else None)
    said = _in_words(layout, column, cell.text)
    if said is not None:
        return said
    if not isinstance(cell.amount, Unread):
        return PrintedAmount(cell.amount)
    service = _service(layout, cell.text) if cell.amount.reason == "text" else None
    return PrintedAmount(service=service, unread=None if service is not None else cell.amount)


def _in_words(layout: Layout, column: Column, text: str) -> PrintedAmount | None:
    """Read what the layout says in place of an amount; None where it says nothing of the kind."""
    if text and _same(text, column.blank.strip()):
        return PrintedAmount()
    if column.zero is not None and _same(text, column.zero.strip()):
        return PrintedAmount(0)
    if any(same_label(text, words) for words in (layout.shared.above, _USUAL.above)):
        return PrintedAmount(above=True)
    return None


def _service(layout: Layout, text: str) -> str | None:
    patterns = (layout.shared.elsewhere, _USUAL.elsewhere)
    found = (pattern_value(pattern, "service", text) for pattern in patterns)
    return next((service for service in found if service is not None), None)


def _same(text: str, words: str) -> bool:
    """Tell whether a cell says certain words; one dash is as good as another."""
    return same_label(text, words) or (text in BLANK_WORDS and words in BLANK_WORDS - {""})
