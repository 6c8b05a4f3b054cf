"""An edition folder: `edition.toml` and one CSV a table, as a person keeps and compares them."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from xlframework.ground.errors import DeclarationError, MisuseError
from xlframework.ground.financial_year import AmountColumn
from xlframework.ground.shipped import edition_names, editions_folder
from xlframework.model.declarations import Declaration, read_declaration

FILE_NAME = "edition.toml"

# A folder's CSV files, and the tables of the workbook that they fill.
TABLE_FILES: Mapping[str, str] = {
    "lines.csv": "Lines",
    "sections.csv": "Sections",
    "areas.csv": "Areas",
    "indicators.csv": "Indicators",
    "figures.csv": "Figures",
    "printed.csv": "Printed",
    "forward_plan.csv": "Forward_plan",
    "glossary.csv": "Glossary",
}
TERMS_FILE = "contract_terms.csv"

_LINE_ID = "Line ID"

# What contract terms add to their line; the words of an extension join the note.
_TERM_COLUMNS = ("Starts", "Ends", "Extended to", "Funding")


class EditionSpec(Declaration, frozen=True):
    """What `edition.toml` says.

    Attributes:
        name: as on the Cover, such as 2024-25.
        title: the framework's title.
        status: draft or approved.
        dated: the paper's date as YYYY-MM-DD, or blank where it is not known.
        years: the amount columns, such as 2024/25 Budget.
        layouts: the appendix tables in use.
        source: where the figures come from.
        cells: what further named cells hold, as text.
    """

    name: str
    title: str
    years: tuple[str, ...]
    source: str
    status: str = "draft"
    dated: str = ""
    layouts: tuple[str, ...] = ()
    cells: dict[str, str] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A CSV file.

    Attributes:
        file: its path, for messages.
        headers: line 1.
        rows: one mapping of header to text a row; blank is the empty text.
        lines: the line of the file on which each row ends.
    """

    file: str
    headers: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition, read whole.

    Attributes:
        spec: what `edition.toml` says.
        columns: its amount columns.
        tables: the CSV files, by the table that each fills.
    """

    spec: EditionSpec
    columns: tuple[AmountColumn, ...]
    tables: Mapping[str, CsvTable]


def read_bundled_edition(name: str) -> Edition:
    """Read one of the editions that the project brings.

    Raises:
        MisuseError: if there is no such edition.
        DeclarationError: if a file of it cannot be followed.
    """
    if name not in edition_names():
        known = ", ".join(edition_names())
        raise MisuseError(f"There is no edition {name!r}; the bundled ones are {known}.")
    return read_edition(editions_folder() / name)


def read_edition(folder: Path) -> Edition:
    """Read an edition folder.

    Raises:
        DeclarationError: if a file of it cannot be followed; the message names it.
    """
    path = folder / FILE_NAME
    spec = read_declaration(path, EditionSpec)
    try:
        columns = tuple(AmountColumn.parse(year) for year in spec.years)
    except ValueError as error:
        raise DeclarationError(f"{path}: key years: {error}.") from error
    for twice in _repeated(str(column) for column in columns):
        raise DeclarationError(f"{path}: key years: {twice} stands twice.")
    tables = {
        table: read_csv(folder / file)
        for file, table in TABLE_FILES.items()
        if (folder / file).is_file()
    }
    if "Lines" in tables and (folder / TERMS_FILE).is_file():
        tables["Lines"] = with_terms(tables["Lines"], read_csv(folder / TERMS_FILE))
    return Edition(spec, columns, tables)


def read_csv(path: Path) -> CsvTable:
    """Read a CSV file whose first line is its headers.

    Raises:
        DeclarationError: if it cannot be read, or a row is longer or shorter than line 1.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            headers = tuple(next(reader, ()))
            rows = [(reader.line_num, row) for row in reader if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DeclarationError(f"{path} {_unreadable(error)}") from error
    for line, row in rows:
        if len(row) != len(headers):
            raise DeclarationError(
                f"{path}, line {line}: {len(row)} values, but line 1 has {len(headers)} headers."
            )
    for twice in _repeated(headers):
        raise DeclarationError(f"{path}, line 1: the header {twice!r} stands twice.")
    return CsvTable(
        file=str(path),
        headers=headers,
        rows=tuple(dict(zip(headers, row, strict=True)) for _, row in rows),
        lines=tuple(line for line, _ in rows),
    )


def _unreadable(error: OSError | UnicodeDecodeError | csv.Error) -> str:
    """Say why a CSV file cannot be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "was not found; check the name and the folder."
    if isinstance(error, UnicodeDecodeError):
        return 'is not in UTF-8; open it in Excel and save it as "CSV UTF-8".'
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}."
    return f'cannot be read as CSV: {error}; save it in Excel as "CSV UTF-8".'


def _repeated(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word, times in Counter(words).items() if times > 1)


def with_terms(lines: CsvTable, terms: CsvTable) -> CsvTable:
    """Give the lines with the starts, ends, extensions and funding of their contracts.

    Raises:
        DeclarationError: if one of the two has no Line ID; if a contract's is not that of
            exactly one line, or two contracts have one.
    """
    for table in (lines, terms):
        if _LINE_ID not in table.headers:
            raise DeclarationError(
                f"{table.file}, line 1: there is no header {_LINE_ID!r}, by which contract terms "
                "find their lines; write it exactly so."
            )
    for twice in _repeated(row[_LINE_ID] for row in terms.rows):
        raise DeclarationError(f"{terms.file}: key Line ID: {twice!r} stands twice.")
    by_id = {row[_LINE_ID]: row for row in terms.rows}
    ids = [row[_LINE_ID] for row in lines.rows]
    for line_id in by_id:
        if ids.count(line_id) != 1:
            raise DeclarationError(
                f"{terms.file}: key Line ID: {line_id!r} is the ID of {ids.count(line_id)} lines "
                f"in {lines.file}; it must be that of exactly one."
            )
    rows = tuple(_with_term(row, by_id.get(row[_LINE_ID])) for row in lines.rows)
    return replace(lines, rows=rows)


def _with_term(row: Mapping[str, str], term: Mapping[str, str] | None) -> Mapping[str, str]:
    if term is None:
        return row
    added = {column: term[column] for column in _TERM_COLUMNS if term.get(column)}
    extension = term.get("Extension", "")
    said = f"Extension: {extension}" if extension else ""
    remarks = (row.get("Note", ""), said, term.get("Note", ""))
    note = "; ".join(remark for remark in remarks if remark)
    return {**row, **added, "Note": note[:1].upper() + note[1:]}
