"""Finds the header row of an appendix sheet, and which column is which."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

from xlframework.appendix.layout import Column, Layout
from xlframework.appendix.parse.grid import Grid
from xlframework.appendix.parse.text import are_alike, likeness, plain
from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue

Closeness = Literal["exact", "near", "guessed"]

_WEIGHT: Mapping[Closeness, int] = {"exact": 4, "near": 3, "guessed": 2}

# A header row stands near the top; a title page is never this long.
_ROWS_SEARCHED = 200


class HeaderMatch(NamedTuple):
    """A column of the layout, found on the sheet.

    Attributes:
        column: the sheet's column, from 1.
        found: the header as it stands there.
        closeness: how well it agrees with the layout's.
    """

    column: int
    found: str
    closeness: Closeness


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The header row of a table.

    Attributes:
        row: its row, from 1.
        matches: the columns found, by the header that the layout prints.
        others: the headers of further columns, by column.
        titles: what stands above it, folded; it may be said again on every page.
    """

    row: int
    matches: Mapping[str, HeaderMatch]
    others: Mapping[int, str]
    titles: frozenset[str] = frozenset()

    @property
    def score(self) -> int:
        """How well it fits: more and closer headers give more."""
        return sum(_WEIGHT[match.closeness] for match in self.matches.values())


def find_header(grid: Grid, layout: Layout) -> HeaderRow | None:
    """Find the row that holds the layout's headers; None if no row holds half of them.

    Of the rows with the most headers the first is taken: later ones are repeated
    at page breaks.
    """
    best: HeaderRow | None = None
    titles: set[str] = set()
    for row, columns in islice(grid.by_row().items(), _ROWS_SEARCHED):
        texts = {column: grid.cell(row, column).text for column in columns}
        matches = _matches(layout.headers, {at: text for at, text in texts.items() if text})
        if best is None or len(matches) > len(best.matches):
            others = {match.column for match in matches.values()}
            rest = {at: text for at, text in texts.items() if at not in others and text}
            best = HeaderRow(row, matches, rest, frozenset(titles - {""}))
        titles.update(plain(text) for text in texts.values())
    enough = max(1, len(layout.column) // 2)
    return best if best is not None and len(best.matches) >= enough else None


def _matches(headers: Sequence[str], texts: Mapping[int, str]) -> dict[str, HeaderMatch]:
    """Pair headers with cells, the closest pairs first, each at most once."""
    pairs = sorted(_pairs(headers, texts), key=lambda pair: pair[0], reverse=True)
    matches: dict[str, HeaderMatch] = {}
    taken: set[int] = set()
    for _, header, match in pairs:
        if header not in matches and match.column not in taken:
            matches[header] = match
            taken.add(match.column)
    return {header: matches[header] for header in headers if header in matches}


def _pairs(
    headers: Sequence[str], texts: Mapping[int, str]
) -> Iterator[tuple[tuple[float, int], str, HeaderMatch]]:
    for header in headers:
        wanted = plain(header)
        for column, text in texts.items():
            found = plain(text)
            # Among equals the column further to the left is taken.
            if text == header.strip():
                yield (4, -column), header, HeaderMatch(column, text, "exact")
            elif found == wanted and wanted:
                yield (3, -column), header, HeaderMatch(column, text, "near")
            elif are_alike(found, wanted):
                guessed = HeaderMatch(column, text, "guessed")
                yield (likeness(found, wanted), -column), header, guessed


def key_column(layout: Layout) -> Column | None:
    """Give the column by which a row is known for a line: the service, else the first words."""
    words = [column for column in layout.column if column.field is not None]
    services = (column for column in words if (column.field or "").casefold() == "service")
    return next(services, words[0] if words else None)


def is_usable(layout: Layout, header: HeaderRow) -> bool:
    """Tell whether the columns are there without which no line can be read."""
    key = key_column(layout)
    amounts = [column.header for column in layout.column if column.amount is not None]
    has_amounts = not amounts or any(amount in header.matches for amount in amounts)
    return has_amounts and (key is None or key.header in header.matches)


def header_findings(
    grid: Grid, layout: Layout, header: HeaderRow, catalogue: Catalogue
) -> Iterator[Finding]:
    """Say which headers differ, are missing or are not the layout's."""
    for wanted, match in header.matches.items():
        place = grid.place(header.row, match.column)
        said = f"the header {match.found!r} was read as the layout's {wanted!r}"
        if match.closeness == "near":
            yield catalogue.finding(
                "import-header-differs", place, said, expected=wanted, found=match.found
            )
        elif match.closeness == "guessed":
            yield catalogue.finding(
                "import-header-guessed", place, said, expected=wanted, found=match.found
            )
    yield from _missing(grid, layout, header, catalogue)
    for column, text in header.others.items():
        yield catalogue.finding(
            "import-column-extra",
            grid.place(header.row, column),
            f"the layout {layout.name} has no column {text!r}, so it was not read",
            found=text,
        )


def _missing(
    grid: Grid, layout: Layout, header: HeaderRow, catalogue: Catalogue
) -> Iterator[Finding]:
    stops = "" if is_usable(layout, header) else "; without it no line can be read"
    key = key_column(layout)
    first = min(match.column for match in header.matches.values())
    for column in layout.column:
        if column.header in header.matches:
            continue
        vital = column is key or column.amount is not None
        yield catalogue.finding(
            "import-header-missing",
            grid.place(header.row, first),
            f"the header row has no {column.header!r}{stops if vital else ''}",
            expected=column.header,
        )


def repeats(texts: Iterable[tuple[int, str]], header: HeaderRow) -> bool:
    """Tell whether a row says the headers again, as at the top of a printed page."""
    wanted = {match.column: plain(match.found) for match in header.matches.values()}
    found = {column: plain(text) for column, text in texts if column in wanted and text}
    enough = max(min(2, len(wanted)), len(wanted) // 2)
    return len(found) >= enough and found.items() <= wanted.items()
