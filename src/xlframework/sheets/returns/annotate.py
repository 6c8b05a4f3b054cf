"""Makes a marked copy of a return: cells coloured and given notes, and a sheet of findings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlframework.ground.finding import Finding, worst_first
from xlframework.ground.place import Area, cell_name
from xlframework.rules.returns.finding_cells import finding_cells
from xlframework.sheets.change import WantedSheet
from xlframework.sheets.difference import new_sheet
from xlframework.sheets.package.added_styles import StyleBook, open_styles, with_styles
from xlframework.sheets.package.cell_styles import restyle_cells
from xlframework.sheets.package.links import add_links
from xlframework.sheets.package.new_sheet import add_sheet
from xlframework.sheets.package.note_removal import without_notes
from xlframework.sheets.package.notes import Note, Words, add_notes
from xlframework.sheets.package.parts import free_part, sheet_entries
from xlframework.sheets.package.plain_workbook import as_plain_workbook
from xlframework.sheets.package.records import Book, NewSheet, Package, Sheet
from xlframework.sheets.palette import Look, Palette
from xlframework.sheets.returns.finding_words import KIND, URGENCY, compared, sentence
from xlframework.sheets.returns.findings_sheet import finding_links, findings_sheet
from xlframework.sheets.returns.looks import Looks

AUTHOR = "Check of the return"

# More notes than that help nobody; the cells are coloured all the same.
_MOST_NOTES = 500

_STARTS = tuple(f"{words}\n" for words in URGENCY.values())

Marks = Mapping[tuple[int, int], Sequence[Finding]]


def marked_copy(package: Package, book: Book, findings: Sequence[Finding], looks: Looks) -> Package:
    """Mark a return with what was found in it; everything else in it stays as it is.

    Args:
        package: the return.
        book: the same, as read.
        findings: what was found in it.
        looks: whose grounds the cells and whose styles the sheet of findings take.

    Returns:
        A plain workbook: macros are left out.

    Raises:
        UnsafeFileError: if it cannot be changed, because it carries a digital signature.
        UnreadableFileError: if a part is damaged.
    """
    listed = worst_first(findings)
    held, styles = open_styles(as_plain_workbook(package), looks.styles)
    for sheet in book.sheets:
        marks = _marks(listed, sheet)
        held = _without_earlier_marks(held, sheet, styles, looks.palette)
        held = _coloured(held, sheet, marks, styles, looks.palette)
        notes = [_note(at, found) for at, found in list(marks.items())[:_MOST_NOTES]]
        held = add_notes(held, sheet, notes, AUTHOR)
    tabs = [entry.name for entry in sheet_entries(held)]
    wanted = findings_sheet(listed, book, tabs)
    added, links = _dressed(wanted, len(tabs), styles, looks.palette), finding_links(listed, book)
    added = _as_links(added, links, styles, looks.palette)
    part = free_part(held, "xl/worksheets/sheet{}.xml")
    held = add_links(add_sheet(held, added), part, links)
    return with_styles(held, styles)


def _without_earlier_marks(
    package: Package, sheet: Sheet, styles: StyleBook, palette: Palette
) -> Package:
    """Take our marks off a marked copy that was put right and sent back."""
    held, cells = without_notes(package, sheet.part, _kept)
    grounds = [palette.style(Look(kind, "text")) for kind in KIND.values() if kind != "line"]
    return restyle_cells(held, sheet.part, cells, lambda _, style: styles.untinted(style, grounds))


def _kept(author: str, text: str) -> int:
    """Tell how much of a note is not ours; LibreOffice forgets who wrote it."""
    if author == AUTHOR or (not author.strip() and text.startswith(_STARTS)):
        return 0
    # Where the partner had a note, ours stands at the end of it.
    places = [at for start in _STARTS if (at := text.find(f"\n\n{start}")) >= 0]
    return min(places, default=len(text))


def _marks(findings: Sequence[Finding], sheet: Sheet) -> Marks:
    """Give the findings of each cell of a sheet, the worst first."""
    marks: defaultdict[tuple[int, int], list[Finding]] = defaultdict(list)
    name = sheet.name.casefold()
    for finding in findings:
        if finding.place.sheet is not None and finding.place.sheet.casefold() == name:
            for at in dict.fromkeys(_shown(sheet, cell) for cell in finding_cells(finding)):
                marks[at].append(finding)
    return marks


def _shown(sheet: Sheet, cell: tuple[int, int]) -> tuple[int, int]:
    """Give the cell that a person sees in a cell's place: of merged cells the first."""
    merged: Area | None = next((area for area in sheet.merged if area.holds(*cell)), None)
    return cell if merged is None else (merged.first_row, merged.first_column)


def _coloured(
    package: Package, sheet: Sheet, marks: Marks, styles: StyleBook, palette: Palette
) -> Package:
    grounds = {
        at: palette.style(Look(KIND[found[0].severity], "text"))
        for at, found in marks.items()
        if found[0].severity != "info"
    }
    return restyle_cells(
        package, sheet.part, grounds, lambda at, style: styles.tinted(style, grounds[at])
    )


def _note(at: tuple[int, int], findings: Sequence[Finding]) -> Note:
    return Note(*at, tuple(_words(findings)))


def _words(findings: Sequence[Finding]) -> Iterator[Words]:
    for number, finding in enumerate(findings):
        gap = "\n\n" if number else ""
        yield Words(f"{gap}{URGENCY[finding.severity]}\n", bold=True)
        yield Words(sentence(finding.message))
        for word, text in compared(finding):
            yield Words(f"\n{word}: {text}")
        if finding.fix:
            yield Words(f"\n{finding.fix}")


def _dressed(wanted: WantedSheet, position: int, styles: StyleBook, palette: Palette) -> NewSheet:
    """Lay the sheet out in the palette's looks, as styles of the return."""
    table = wanted.table
    cells = (*wanted.above, *table.header, *(cell for row in table.rows for cell in row))
    used = {cell.look for cell in cells if cell.look is not None}
    own = Palette({look: styles.borrowed(palette.style(look)) for look in sorted(used)})
    return new_sheet(wanted, own, position)


def _as_links(
    sheet: NewSheet, links: Mapping[str, str], styles: StyleBook, palette: Palette
) -> NewSheet:
    """Make the cells that lead somewhere look so."""
    if not links:
        return sheet
    style = styles.borrowed(palette.style(Look("line", "text")), link=True)
    cells = tuple(
        cell._replace(style=style) if cell_name(cell.row, cell.column) in links else cell
        for cell in sheet.cells
    )
    return replace(sheet, cells=cells)
