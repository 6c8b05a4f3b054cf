"""Reads the subtotals that no line stands above: amounts that were entered for a section."""

from collections.abc import Mapping, Sequence

from xlframework.appendix.parse.findings import USUAL_BLOCK
from xlframework.appendix.parse.lines import Reader
from xlframework.appendix.parse.sections import Belonging
from xlframework.appendix.parse.sums import Entry
from xlframework.ground.folding import folded
from xlframework.model.budget import Origin, Section


def entered_sections(
    reader: Reader, entries: Sequence[Entry], places: Mapping[int, Belonging]
) -> tuple[Section, ...]:
    """Give the sections that have a subtotal and no lines.

    Args:
        reader: what is known of the table.
        entries: its rows.
        places: block and section of every line, and of every subtotal without lines.

    Returns:
        The sections in printed order, each with its amounts. A section that has lines
        elsewhere in the table is none of them, and neither is one without a name.
    """
    with_lines = {_key(places[each.draft.row]) for each in entries if _is_line(each) and each.draft}
    found: list[Section] = []
    for entry in entries:
        place = places.get(entry.row.row.number)
        if entry.row.kind != "subtotal" or place is None or not place.section:
            continue
        amounts = _amounts(reader, entry)
        if amounts and _key(place) not in with_lines:
            with_lines.add(_key(place))
            origin = Origin(reader.grid.file, reader.grid.sheet, entry.row.row.number, {})
            block = place.block or USUAL_BLOCK
            found.append(Section(None, block, place.section, amounts, origin))
    return tuple(found)


def _is_line(entry: Entry) -> bool:
    return entry.row.kind == "line"


def _key(place: Belonging) -> tuple[str, str]:
    return folded(place.block), folded(place.section)


def _amounts(reader: Reader, entry: Entry) -> dict[str, int]:
    amounts: dict[str, int] = {}
    for column in reader.layout.column:
        cell = entry.row.row.amounts.get(column.header)
        if column.amount is not None and cell is not None and isinstance(cell.amount, int):
            amounts.setdefault(column.amount, cell.amount)
    return amounts
