"""The words of a workbook's tables, each with its kind and its cell, as the checks take them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from xlframework.ground.place import Area, Place, parse_cell
from xlframework.model.councils import Councils
from xlframework.model.names import Names
from xlframework.rules.checks.name_parts import Manner, tokens

# As many ranges as a person reads at a glance.
_RANGES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class UsedWord:
    """A word in a cell.

    Attributes:
        word: as it stands.
        kind: its column's kind, a key of `kind` in `templates/names.toml`.
        column: the header above it; of a word in `Printed`, the printed header.
        place: its cell.
        row: what its row is about: the table and its key, such as ("Lines", "C24-01").
        is_printed: whether it stands in `Printed`, for one table alone.
        field: the column of that table whose word it is.
    """

    word: str
    kind: str
    column: str
    place: Place
    row: tuple[str, str] = ("", "")
    is_printed: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A line of the glossary.

    Attributes:
        term: the short form, word or code.
        meaning: what it means.
        theme: the theme of a strategic priority; blank for any other term.
        place: the cell of the term.
    """

    term: str
    meaning: str
    theme: str
    place: Place


@dataclass(frozen=True, slots=True)
class ThemedLine:
    """A line's priority, and the theme that it stands under.

    Attributes:
        name: the line, as a message names it.
        priority: what its column of priorities holds.
        theme: what its column of themes holds.
        place: the cell of the priority.
    """

    name: str
    priority: str
    theme: str
    place: Place


@dataclass(frozen=True, slots=True)
class Wording:
    """Every word of a workbook that the checks of names look at.

    Attributes:
        file: the workbook.
        words: the words of its tables, table by table, in the order of the rows.
        lists: what its drop-down lists offer, by kind.
        glossary: its glossary.
        lines: the lines that have a priority.
        area_codes: the codes of its areas, in small letters.
    """

    file: str
    words: tuple[UsedWord, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    glossary: tuple[GlossaryTerm, ...] = ()
    lines: tuple[ThemedLine, ...] = ()
    area_codes: frozenset[str] = frozenset()

    def of_kinds(self, kinds: Iterable[str]) -> tuple[UsedWord, ...]:
        """Give the words of some kinds."""
        wanted = frozenset(kinds)
        return tuple(each for each in self.words if each.kind in wanted)


def manner_of(kind: str, names: Names, councils: Councils, places: Iterable[str] = ()) -> Manner:
    """Give what makes a difference between the names of a kind.

    Args:
        kind: a key of `names.kind`.
        names: the declaration of names.
        councils: whose names hold places.
        places: further names of places, such as those in the table Areas.
    """
    declared = names.kind[kind]
    named = (*councils.places, *(each.name for each in councils.council), *places)
    groups = councils.same if declared.places else ()
    equal = {word: group[0] for group in map(_joined, names.equal) for word in group[1:]}
    # The type of a council is no place; the words that make no difference are none either.
    ignored = _each_word(names.ignored)
    not_places = ignored | {"council"}
    return Manner(
        ignored=ignored,
        apart=_each_word(names.apart) | (_each_word(named) - not_places),
        may_lack=frozenset(equal.get(word, word) for word in _each_word(declared.may_lack)),
        equal=equal,
        phrases=_phrases(groups),
    )


def _each_word(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in tokens(text))


def _joined(group: Iterable[str]) -> tuple[str, ...]:
    return tuple("".join(tokens(word)) for word in group)


def _phrases(
    groups: Iterable[tuple[str, ...]],
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    pairs = [
        (tokens(phrase), tokens(group[0])) for group in groups for phrase in group[1:] if group
    ]
    filled = [pair for pair in pairs if all(pair)]
    return tuple(sorted(filled, key=lambda pair: -len(pair[0])))


def together(places: Iterable[Place]) -> tuple[Place, ...]:
    """Put cells of one sheet into one place, neighbours in a column as a range.

    Returns:
        A place for each sheet, in the order in which they come: `F12:F14,F20`.
    """
    by_sheet: dict[tuple[str, str | None], list[Place]] = {}
    for place in places:
        by_sheet.setdefault((place.file, place.sheet), []).append(place)
    return tuple(
        replace(listed[0], cell=_ranges(place.cell for place in listed if place.cell is not None))
        for listed in by_sheet.values()
    )


def _ranges(cells: Iterable[str]) -> str | None:
    spots = sorted({parse_cell(cell)[::-1] for cell in cells})
    parts: list[str] = []
    # Cells that follow one another in a column keep the same distance to their number.
    runs = groupby(enumerate(spots), key=lambda each: (each[1][0], each[1][1] - each[0]))
    for _, run in runs:
        listed = [spot for _, spot in run]
        (column, first), (_, last) = listed[0], listed[-1]
        parts.append(str(Area(first, column, last, column)))
    return ",".join(parts) or None


def cells_said(places: Iterable[Place], file: str | None = None) -> str:
    """Name cells inside a message; of many, the first and how many more there are.

    Args:
        places: each of one sheet (`together`).
        file: the workbook that the message is about; places in another one are named with it.
    """
    return " and ".join(_said(place, file) for place in places)


def also_said(places: Sequence[Place], file: str | None = None) -> str:
    """Name further cells in brackets, behind what a message is about; blank where there is none.

    Args:
        places: each of one sheet (`together`).
        file: the workbook that the message is about.
    """
    return f" (also in {cells_said(places, file)})" if places else ""


def _said(place: Place, file: str | None) -> str:
    ranges = (place.cell or "").split(",")
    shown = ",".join(ranges[:_RANGES_SHOWN])
    areas = [Area.parse(each) for each in ranges[_RANGES_SHOWN:]]
    more = sum(area.last_row - area.first_row + 1 for area in areas)
    where = f"{place.sheet} {shown}" + (f" and {more} more" if more else "")
    return where if file in {None, place.file} else f"{place.file}, {where}"
