"""The sheet `Findings` of a marked copy: everything that was found, with links to the cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlframework.ground.finding import Finding, count
from xlframework.ground.money import pounds_decimal
from xlframework.ground.place import cell_name, quoted_sheet
from xlframework.rules.returns.finding_cells import finding_areas
from xlframework.sheets.change import Wanted, WantedSheet, WantedTable, header_cells
from xlframework.sheets.package.records import Book, TableColumn
from xlframework.sheets.palette import Look
from xlframework.sheets.returns.finding_words import KIND, URGENCY, as_pence, sentence

NAME = "Findings"

_HEADERS = ("How urgent", "Where", "What", "Expected", "Found", "Difference", "What to do")
_WIDTHS = (17.0, 19.0, 52.0, 17.0, 17.0, 14.0, 52.0)
_AMOUNTS = frozenset({"Expected", "Found", "Difference"})
_WHERE = 1 + _HEADERS.index("Where")
_TABLE_ROW = 5

_LONGEST_CELL = 32_000
_MOST_SHOWN = 2


def findings_sheet(findings: Sequence[Finding], book: Book, tabs: Iterable[str]) -> WantedSheet:
    """Lay out the sheet.

    Args:
        findings: what was found, the worst first.
        book: the return, whose names of tables are taken.
        tabs: the names of its tabs, chart sheets included.
    """
    sheets = {tab.casefold() for tab in tabs}
    names = {table.name.casefold() for table in book.tables}
    names |= {name.name.casefold() for name in book.names}
    return WantedSheet(
        name=_free(NAME, " ", sheets),
        after="",
        above=(
            Wanted("What we found in this return", None, Look("title", "text")),
            Wanted(_summary(findings), None, Look("note", "text")),
            Wanted(_advice(findings), None, Look("note", "text")),
            Wanted(None),
        ),
        widths=_WIDTHS,
        table=WantedTable(
            name=_free(NAME, "_", names),
            columns=tuple(TableColumn(header) for header in _HEADERS),
            header=header_cells(_HEADERS, frozenset(_HEADERS) - _AMOUNTS),
            rows=tuple(tuple(_cells(finding)) for finding in findings),
        ),
    )


def finding_links(findings: Sequence[Finding], book: Book) -> Mapping[str, str]:
    """Say which cells of the sheet lead where.

    Args:
        findings: as laid out by `findings_sheet`.
        book: the return.
    """
    links = {}
    for row, finding in enumerate(findings, start=_TABLE_ROW + 1):
        sheet = book.sheet(finding.place.sheet or "")
        if sheet is not None and sheet.visibility == "visible":
            areas = finding_areas(finding)
            target = str(areas[0]) if areas else "A1"
            links[cell_name(row, _WHERE)] = f"{quoted_sheet(sheet.name)}!{target}"
    return links


def _free(name: str, before_number: str, taken: set[str]) -> str:
    chosen, number = name, 1
    while chosen.casefold() in taken:
        number += 1
        chosen = f"{name}{before_number}{number}"
    return chosen


def _summary(findings: Sequence[Finding]) -> str:
    errors, warnings = count(findings, "error"), count(findings, "warning")
    to_do = [
        f"{number} {words}"
        for number, words in ((errors, "to put right"), (warnings, "to check"))
        if number
    ]
    if not to_do:
        return "Nothing has to be put right."
    return f"{' and '.join(to_do)}.".capitalize()


def _advice(findings: Sequence[Finding]) -> str:
    if not findings:
        return ""
    return (
        "A click on a place leads to the cell: red where something has to be put right, yellow "
        "where it should be checked. The cell's note says the same as the row here."
    )


def _cells(finding: Finding) -> Iterator[Wanted]:
    line = Look("line", "text")
    yield Wanted(URGENCY[finding.severity], None, Look(KIND[finding.severity], "text"))
    yield Wanted(_place(finding), None, line)
    yield Wanted(_short(sentence(finding.message)), None, line)
    for text in (finding.expected, finding.found, finding.difference):
        pence = as_pence(text)
        if pence is None:
            yield Wanted(_short(text or "") or None, None, line)
        else:
            yield Wanted(pounds_decimal(pence), None, Look("line", "pence"))
    yield Wanted(_short(finding.fix), None, line)


def _place(finding: Finding) -> str:
    """Say the place shortly: the sheet and the cells, the first few of many."""
    sheet, cells = finding.place.sheet, (finding.place.cell or "").split(",")
    if sheet is None:
        return "The whole file"
    more = f" and {len(cells) - _MOST_SHOWN} more" if len(cells) > _MOST_SHOWN else ""
    return f"{sheet} {', '.join(cells[:_MOST_SHOWN])}{more}".strip()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]} ..."
