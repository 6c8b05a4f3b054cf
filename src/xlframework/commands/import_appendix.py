"""`import`: reads an appendix sheet that a team keeps into an edition folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xlframework.appendix.compose.groups import entered_pence
from xlframework.appendix.layout import Layout
from xlframework.appendix.parse.edition import amount_headers, edition_files
from xlframework.appendix.parse.grid import Grid, grid_of_csv, grid_of_sheet
from xlframework.appendix.parse.headers import HeaderRow, find_header
from xlframework.appendix.parse.table import Parsed, parse
from xlframework.appendix.read_layout import chosen_layout
from xlframework.commands.outcome import Outcome
from xlframework.commands.wording import findings_text, plural, table_amount, table_text
from xlframework.commands.workbook import Declared, open_workbook, read_declared
from xlframework.ground.errors import MisuseError, UnreadableFileError
from xlframework.ground.money import pounds_text
from xlframework.model.budget import Line
from xlframework.model.edition import FILE_NAME, TABLE_FILES
from xlframework.sheets.file_book import write_file
from xlframework.sheets.package.container import file_bytes
from xlframework.sheets.package.records import Book
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.structure import take_snapshot

COMMAND = "import"

_ROWS = {"forward plan": "entries of the forward plan"}


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The sheet that is read, and where its headers are."""

    grid: Grid
    header: HeaderRow


def import_appendix(  # noqa: PLR0913 - one parameter for each option of the command line
    file: Path,
    out: Path,
    *,
    layout: str,
    sheet: str | None = None,
    against: Path | None = None,
    templates: Path | None = None,
) -> Outcome:
    """Read an appendix sheet backwards through its layout, and write an edition folder.

    Args:
        file: an Excel workbook or a CSV file.
        out: the folder to write; made if it is not there.
        layout: the name of the layout.
        sheet: which sheet; None for the one whose headers fit.
        against: a commissioning workbook whose Line IDs are kept.
        templates: a folder of templates that comes first.

    Returns:
        What was read. Where no line could be read, nothing is written.

    Raises:
        XlframeworkError: if something that is named cannot be used.
    """
    declared = read_declared(templates)
    table = chosen_layout(layout, templates)
    _refuse_other_rows(table)
    _refuse_taken(out)
    grids = _grids(file, sheet)
    chosen = _choose(grids, table, file, sheet)
    lines_spec = declared.workbook.table("Lines")
    parsed = parse(
        table,
        chosen.grid,
        chosen.header,
        declared.catalogue,
        known=None if against is None else _known_lines(against, declared),
        dates=[column.header for column in lines_spec.column if column.kind == "date"],
    )
    if parsed.sections:
        source = _source(file, chosen.grid.sheet, table)
        files = edition_files(parsed, table, lines_spec.headers, source)
        # The declaration comes last: a folder with an edition.toml is whole.
        for name, data in sorted(files.items(), key=lambda pair: pair[0] == FILE_NAME):
            write_file(data, out / name)
    return _outcome(out, table, chosen.grid, parsed)


def _refuse_other_rows(layout: Layout) -> None:
    if layout.rows != "lines":
        raise MisuseError(
            f"--layout: the rows of {layout.name} are not lines but "
            f"{_ROWS.get(layout.rows, layout.rows)}, so no lines can be read back from them; "
            "choose a layout that prints lines."
        )


def _refuse_taken(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise MisuseError(f"--out names {out}, which is a file; name a folder.")
    taken = [name for name in (FILE_NAME, *TABLE_FILES) if (out / name).exists()]
    if taken:
        raise MisuseError(
            f"{out} already holds {taken[0]}, and nothing is overwritten; name another folder."
        )


def _grids(file: Path, sheet: str | None) -> tuple[Grid, ...]:
    """Read what could be meant: the named sheet, or every sheet that is in view."""
    if file.suffix.casefold() in {".csv", ".txt"}:
        if sheet is not None:
            raise MisuseError(
                f"--sheet: {file.name} is a CSV file and has no sheets; leave it out."
            )
        return (grid_of_csv(file_bytes(file), str(file)),)
    book = open_workbook(file).book
    if sheet is None:
        return tuple(
            grid_of_sheet(book, each) for each in book.sheets if each.visibility == "visible"
        )
    found = book.sheet(sheet)
    if found is None:
        names = ", ".join(each.name for each in book.sheets)
        raise MisuseError(f"--sheet: {file.name} has no sheet {sheet!r}; it has {names}.")
    return (grid_of_sheet(book, found),)


def _choose(grids: Sequence[Grid], layout: Layout, file: Path, sheet: str | None) -> _Chosen:
    """Take the sheet whose headers fit best.

    Raises:
        MisuseError: if none fits, or two fit equally well.
    """
    found = [(grid, find_header(grid, layout)) for grid in grids]
    fitting = [_Chosen(grid, header) for grid, header in found if header is not None]
    best = max((each.header.score for each in fitting), default=0)
    chosen = [each for each in fitting if each.header.score == best]
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        names = ", ".join(str(each.grid.sheet) for each in chosen)
        raise MisuseError(
            f"{file.name}: the headers of {layout.name} stand equally well on the sheets {names}; "
            "say which with --sheet."
        )
    headers = ", ".join(layout.headers)
    names = ", ".join(str(grid.sheet) for grid in grids if grid.sheet is not None)
    looked = f" (sheets in view: {names})" if names and sheet is None else ""
    where = f"the sheet {sheet}" if sheet is not None else "no sheet" if names else "the file"
    has = "has no" if where != "no sheet" else "has a"
    raise MisuseError(
        f"{file.name}: {where} {has} row with the headers of {layout.name}: {headers}{looked}."
    )


def _known_lines(against: Path, declared: Declared) -> tuple[Line, ...]:
    book: Book = open_workbook(against).book
    snapshot, findings = take_snapshot(book, declared.workbook, declared.catalogue)
    if snapshot is None:
        raise UnreadableFileError(
            f"--against: {against.name} is no commissioning workbook: {findings[0].message}."
        )
    return read_budget(snapshot, declared.workbook).lines


def _source(file: Path, sheet: str | None, layout: Layout) -> str:
    where = f"{file.name}, sheet {sheet}" if sheet is not None else file.name
    return f"Read from {where} through the layout {layout.name}. {layout.source}"


def _outcome(out: Path, layout: Layout, grid: Grid, parsed: Parsed) -> Outcome:
    years = amount_headers(layout)
    printed = {column.amount: column.header for column in reversed(layout.column)}
    rows = []
    sections = []
    for section in parsed.sections:
        members = [
            line
            for line in parsed.lines
            if (line.block, line.section) == (section.block, section.name)
        ]
        amounts = [
            sum(line.pence(year) for line in members) + entered_pence(section, year)
            for year in years
        ]
        rows.append(
            (f"{section.block}: {section.name}", str(len(members)), *map(table_amount, amounts))
        )
        sections.append({"block": section.block, "section": section.name, "lines": len(members)})
    totals = {
        year: sum(line.pence(year) for line in parsed.lines)
        + sum(entered_pence(section, year) for section in parsed.sections)
        for year in years
    }
    rows.append(("Total", str(len(parsed.lines)), *map(table_amount, totals.values())))
    headers = ("Section", "lines", *(printed[year] for year in years))
    lines, sections_read = len(parsed.lines), len(parsed.sections)
    read = plural(lines, "line") if lines else plural(sections_read, "section")
    end = (
        f"{out}: written ({read}). Next: xlframework new --from {out} --out FILE"
        if parsed.sections
        else "No line could be read, so nothing was written."
    )
    parts = [table_text(headers, rows)] if parsed.sections else []
    text = "\n\n".join([*parts, findings_text(parsed.findings), end])
    data = {
        "out": str(out) if parsed.sections else None,
        "layout": layout.name,
        "sheet": grid.sheet,
        "lines": len(parsed.lines),
        "sections": sections,
        "totals": {printed[year]: pounds_text(pence) for year, pence in totals.items()},
    }
    return Outcome(COMMAND, text, parsed.findings, data)
