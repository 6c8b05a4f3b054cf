"""In which order lines print: by section where a layout says so, then by their order."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from xlframework.appendix.compose.choose import is_printed
from xlframework.appendix.compose.records import PrintedWords
from xlframework.appendix.layout import Layout
from xlframework.model.budget import Budget, Line
from xlframework.rules.subtotals import SectionKey, in_print_order, key_of

# The column of the table `Printed` that gives a line another order in one layout.
ORDER = "Order"


def lines_in_order(
    layout: Layout, budget: Budget, printed: PrintedWords | None = None
) -> tuple[Line, ...]:
    """Sort the lines that a layout prints: by their order, never by where their row stands.

    A line without an order comes after the last line of its section; among equal
    orders the lower Line ID comes first.

    Args:
        layout: what is asked for.
        budget: with a section for every line.
        printed: may give a line its own order in this layout.
    """
    by_id = {line.line_id: line for line in budget.lines if line.line_id}
    lines = [line for line in budget.lines if is_printed(layout, line, by_id)]
    ranks: dict[SectionKey, int] = {}
    for number, section in enumerate(in_print_order(budget.sections)):
        ranks.setdefault(group_key(layout, key_of(section)), number)
    placed = [(line, _order(layout, line, printed or {})) for line in lines]
    lasts = _last_orders(placed)

    def place(pair: tuple[Line, Decimal | None]) -> tuple[int, bool, Decimal, bool, str]:
        line, own = pair
        rank = ranks.get(group_key(layout, key_of(line)), len(budget.sections))
        order = own if own is not None else lasts.get(key_of(line))
        return (rank, order is None, order or Decimal(0), own is None, line.line_id)

    return tuple(line for line, _ in sorted(placed, key=place))


def _order(layout: Layout, line: Line, printed: PrintedWords) -> Decimal | None:
    own = read_order_text(printed.get((layout.name, line.line_id, ORDER), ""))
    return line.order if own is None else own


def read_order_text(text: str) -> Decimal | None:
    """Read an order from words; None if they are no number."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _last_orders(
    placed: Iterable[tuple[Line, Decimal | None]],
) -> Mapping[SectionKey, Decimal]:
    lasts: dict[SectionKey, Decimal] = {}
    for line, order in placed:
        if order is not None:
            lasts[key_of(line)] = max(lasts.get(key_of(line), order), order)
    return lasts


def group_key(layout: Layout, key: SectionKey) -> SectionKey:
    """Give what lines that print together have in common.

    Args:
        layout: tells whether sections, blocks or nothing keeps lines together.
        key: block and section, folded.
    """
    if layout.group == "section" or layout.rows == "sections":
        return ("", key[1]) if layout.across_blocks else key
    return (key[0], "") if layout.headed_by("block") is not None else ("", "")
