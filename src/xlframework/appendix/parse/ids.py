"""Gives lines their identifiers: those of a workbook that has them already, or new ones."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlframework.appendix.layout import Layout
from xlframework.appendix.parse.sections import text_of
from xlframework.appendix.parse.text import plain
from xlframework.model.budget import Line

_YEARS = re.compile(r"(?:19|20)(?P<year>[0-9]{2})-[0-9]{2}(?![0-9])")

# What tells lines apart, the fewest words first.
_KEYS = (("Service", "Provider"), ("Service", "Provider", "Section"))


def id_prefix(layout: Layout) -> str:
    """Give what new identifiers begin with: `L24-` for a layout of 2024-25, else `L-`."""
    match = _YEARS.match(layout.name)
    return f"L{match['year']}-" if match else "L-"


def edition_name(layout: Layout) -> str:
    """Give the edition that a layout's name begins with; its whole name if it has none."""
    match = _YEARS.match(layout.name)
    return match[0] if match else layout.name


def match_lines(layout: Layout, lines: Sequence[Line], known: Sequence[Line]) -> Mapping[int, Line]:
    """Pair lines with those of a workbook, by service and provider, and section where needed.

    Args:
        layout: tells which of these it prints.
        lines: as read.
        known: the workbook's.

    Returns:
        The workbook's line for each number of `lines` that has exactly one.
    """
    fields = {field.casefold() for column in layout.column for field in column.sources}
    blocks = {plain(block) for block in layout.blocks}
    candidates = [each for each in known if not blocks or plain(each.block) in blocks]
    matched: dict[int, Line] = {}
    for key in _KEYS:
        # The section may be told by a heading, so it need not be a column.
        used = tuple(word for word in key if word == "Section" or word.casefold() in fields)
        if "Service" not in used:
            continue
        taken = {id(line) for line in matched.values()}
        left = [number for number in range(len(lines)) if number not in matched]
        free = [each for each in candidates if id(each) not in taken]
        matched |= _pairs(used, lines, left, free)
    return matched


def _pairs(
    key: tuple[str, ...], lines: Sequence[Line], left: Iterable[int], free: Iterable[Line]
) -> Mapping[int, Line]:
    read: dict[tuple[str, ...], list[int]] = {}
    for number in left:
        read.setdefault(_folded(key, lines[number]), []).append(number)
    theirs: dict[tuple[str, ...], list[Line]] = {}
    for line in free:
        theirs.setdefault(_folded(key, line), []).append(line)
    return {
        numbers[0]: theirs[words][0]
        for words, numbers in read.items()
        if words[0] and len(numbers) == 1 and len(theirs.get(words, ())) == 1
    }


def _folded(key: tuple[str, ...], line: Line) -> tuple[str, ...]:
    words = {**line.words, "Section": line.section}
    return tuple(plain(text_of(words, header)) for header in key)


def new_ids(prefix: str, taken: Iterable[str]) -> Iterator[str]:
    """Make identifiers that nobody has yet: `L24-001`, `L24-002` and so on."""
    used = {line_id.casefold() for line_id in taken}
    number = 0
    while True:
        number += 1
        line_id = f"{prefix}{number:03d}"
        if line_id.casefold() not in used:
            yield line_id
