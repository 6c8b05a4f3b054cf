"""Finds the header row of an appendix sheet, and which column is which."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, NamedTuple

from xlframework.appendix.layout import Column, Layout
from xlframework.appendix.parse.grid import Grid
from xlframework.appendix.parse.text import are_alike, figures, likeness, plain
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

    Of the rows with the most headers the first is taken: later ones are repeated at
    page breaks. An earlier row with a few headers less is taken before them where
    amounts stand in between, which would be lost otherwise.
    """
    enough = max(1, len(layout.column) // 2)
    fitting = [each for each in _header_rows(grid, layout) if len(each.matches) >= enough]
    if not fitting:
        return None
    best = max(fitting, key=lambda each: len(each.matches))
    for each in fitting[: fitting.index(best)]:
        earlier = _completed(grid, layout, each)
        is_close = 2 * len(earlier.matches) > len(best.matches)
        lost = _amounts_between(grid, layout, earlier, each.row + 1, best.row)
        if is_close and is_usable(layout, earlier) and any(lost):
            return earlier
    return _completed(grid, layout, best)


def _header_rows(grid: Grid, layout: Layout) -> Iterator[HeaderRow]:
    """Read every row near the top as if it held the headers."""
    titles: set[str] = set()
    for row, columns in islice(grid.by_row().items(), _ROWS_SEARCHED):
        texts = {column: grid.cell(row, column).text for column in columns}
        matches = _matches(layout.headers, {at: text for at, text in texts.items() if text})
        taken = {match.column for match in matches.values()}
        rest = {at: text for at, text in texts.items() if at not in taken and text}
        yield HeaderRow(row, matches, rest, frozenset(titles - {""}))
        titles.update(plain(text) for text in texts.values())


def _completed(grid: Grid, layout: Layout, header: HeaderRow) -> HeaderRow:
    """Pair the one column of words that is left over with the one that the layout lacks.

    The two share a word, such as Project and Project name; for the column by which a
    line is known they need not, because nothing can be read without it.
    """
    lacking = [
        column
        for column in layout.column
        if column.kind == "words" and column.header not in header.matches
    ]
    left = [at for at in header.others if _holds_words(grid, header, at)]
    if len(lacking) != 1 or len(left) != 1:
        return header
    ((wanted,), (at,)) = lacking, left
    text = header.others[at]
    one, other = plain(wanted.header), plain(text)
    shared = wanted == key_column(layout) or set(one.split()) & set(other.split())
    if not shared or figures(one) != figures(other):
        return header
    matches = {**header.matches, wanted.header: HeaderMatch(at, text, "guessed")}
    return replace(
        header,
        matches={name: matches[name] for name in layout.headers if name in matches},
        others={column: said for column, said in header.others.items() if column != at},
    )


def _holds_words(grid: Grid, header: HeaderRow, column: int) -> bool:
    """Tell whether more words than amounts stand below a header."""
    below = [cell for (row, at), cell in grid.cells.items() if at == column and row > header.row]
    amounts = sum(isinstance(cell.amount, int) for cell in below)
    return len(below) > 2 * amounts


def _amounts_between(
    grid: Grid, layout: Layout, header: HeaderRow, first: int, end: int
) -> Iterator[tuple[int, int]]:
    """Give the cells that hold amounts under a header's amount columns, one a row at most."""
    columns = sorted(
        header.matches[column.header].column
        for column in layout.column
        if column.amount is not None and column.header in header.matches
    )
    for row in range(first, end):
        amounts = (at for at in columns if isinstance(grid.cell(row, at).amount, int))
        yield from ((row, at) for at in islice(amounts, 1))


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
    words = [column for column in layout.column if column.sources]
    services = (column for column in words if prints(column, "service"))
    return next(services, words[0] if words else None)


def prints(column: Column, field: str) -> bool:
    """Tell whether a column prints a column of `Lines`, alone or joined with others."""
    return field.casefold() in {each.casefold() for each in column.sources}


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
    yield from _above(grid, layout, header, catalogue)
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
        if column.header in header.matches or column.compute is not None:
            continue
        vital = column is key or column.amount is not None
        yield catalogue.finding(
            "import-header-missing",
            grid.place(header.row, first),
            f"the header row has no {column.header!r}{stops if vital else ''}",
            expected=column.header,
        )


def _above(
    grid: Grid, layout: Layout, header: HeaderRow, catalogue: Catalogue
) -> Iterator[Finding]:
    """Say which amounts stand above the header row, where no line is read."""
    for row, column in _amounts_between(grid, layout, header, 1, header.row):
        shown = grid.cell(row, column).text
        yield catalogue.finding(
            "import-above-header",
            grid.place(row, column),
            f"row {row} holds the amount {shown}, but the header row found is row {header.row}, "
            "so it was not read",
            found=shown,
        )


def repeats(texts: Iterable[tuple[int, str]], header: HeaderRow) -> bool:
    """Tell whether a row says the headers again, as at the top of a printed page."""
    wanted = {
        match.column: (plain(match.found), plain(name)) for name, match in header.matches.items()
    }
    found = {column: plain(text) for column, text in texts if column in wanted and text}
    enough = max(min(2, len(wanted)), len(wanted) // 2)
    return len(found) >= enough and all(
        text in wanted[column] or any(are_alike(text, each) for each in wanted[column])
        for column, text in found.items()
    )
