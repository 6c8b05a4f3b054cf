"""Reads the words that the checks of names look at: of tables, of `Printed`, of lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xlframework.ground.place import Place, cell_name
from xlframework.model.names import Names
from xlframework.model.workbook import WorkbookSpec
from xlframework.rules.checks.words import GlossaryTerm, ThemedLine, UsedWord, Wording
from xlframework.sheets.cells import shown
from xlframework.sheets.read_budget import list_items
from xlframework.sheets.snapshot import Snapshot, TableView

# The column by which a row of a table is told from the others.
_KEYS: Mapping[str, str] = {"Lines": "Line ID", "Areas": "Area code"}

_THEME = "Theme"


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """What a printed column prints, so that a word of `Printed` can be told its kind.

    Attributes:
        table: the table of the workbook whose words it prints.
        fields: its columns there.
        join: what stands between them.
    """

    table: str
    fields: tuple[str, ...]
    join: str = " \u2013 "


# By the layout's name and the printed header.
PrintedColumns = Mapping[tuple[str, str], PrintedColumn]


def read_wording(
    snapshot: Snapshot, spec: WorkbookSpec, names: Names, printed: PrintedColumns
) -> Wording:
    """Read every word that the checks of names look at.

    Args:
        snapshot: of the workbook.
        spec: tells which columns are filled from a list.
        names: tells which columns hold names of which kind.
        printed: the columns of the layouts in use.
    """
    areas = snapshot.tables["Areas"]
    codes = (_text(areas, row, "Area code") for row in areas.rows)
    return Wording(
        file=snapshot.book.file,
        words=(*_table_words(snapshot, names), *_printed_words(snapshot, names, printed)),
        lists=dict(_lists(snapshot, spec, names)),
        glossary=tuple(_glossary(snapshot)),
        lines=tuple(_themed(snapshot, names)),
        area_codes=frozenset(code.casefold() for code in codes if code),
    )


def _table_words(snapshot: Snapshot, names: Names) -> Iterator[UsedWord]:
    """Give the words of the tables, in the order declared and that of the rows."""
    for table, header, kind in names.columns():
        view = snapshot.tables.get(table)
        if view is None or header not in view.columns:
            continue
        for row in view.rows:
            word = _text(view, row, header)
            if word.strip():
                about = (table, _key(view, row))
                yield UsedWord(
                    word, kind, header, _place(snapshot, view, row, header), about, field=header
                )


def _printed_words(snapshot: Snapshot, names: Names, printed: PrintedColumns) -> Iterator[UsedWord]:
    """Give the words of `Printed`, each as a word of the column that it is printed for."""
    view = snapshot.tables["Printed"]
    for row in view.rows:
        layout, key, header, text = (
            _text(view, row, each) for each in ("Layout", "Line ID", "Column", "Text")
        )
        column = printed.get((layout, header))
        if column is None or not text.strip():
            continue
        kinds = names.kinds_of(column.table)
        place = _place(snapshot, view, row, "Text")
        for field, word in _parted(text, column):
            if field in kinds and word.strip():
                about = (column.table, key)
                yield UsedWord(
                    word, kinds[field], header, place, about, field=field, is_printed=True
                )


def _parted(text: str, column: PrintedColumn) -> Iterator[tuple[str, str]]:
    """Take a printed text apart, at the first join for each further field."""
    *first, last = column.fields
    for field in first:
        word, _, text = text.partition(column.join)
        yield field, word
    yield last, text


def _lists(
    snapshot: Snapshot, spec: WorkbookSpec, names: Names
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give what the drop-down lists of `Lines` offer, by the kind of their column."""
    ranges = {each.name: each.range_name for each in spec.list}
    kinds = names.kinds_of("Lines")
    for column in spec.table("Lines").column:
        named = snapshot.names.get(ranges.get(column.list or "", ""))
        if named is not None and column.header in kinds:
            yield kinds[column.header], tuple(list_items(named))


def _glossary(snapshot: Snapshot) -> Iterator[GlossaryTerm]:
    view = snapshot.tables["Glossary"]
    for row in view.rows:
        term = _text(view, row, "Term").strip()
        if term:
            yield GlossaryTerm(
                term,
                _text(view, row, "Meaning"),
                _text(view, row, _THEME),
                _place(snapshot, view, row, "Term"),
            )


def _themed(snapshot: Snapshot, names: Names) -> Iterator[ThemedLine]:
    view = snapshot.tables["Lines"]
    themes = names.themes
    if themes is None:
        return
    for row in view.rows:
        priority = _text(view, row, themes.priority)
        if priority.strip():
            line, service = _text(view, row, "Line ID").strip(), _text(view, row, "Service")
            yield ThemedLine(
                f"{line} ({service})" if line else service,
                priority,
                _text(view, row, themes.theme),
                _place(snapshot, view, row, themes.priority),
            )


def _key(view: TableView, row: int) -> str:
    """Tell a row from the others of its table: by its ID, else by its number."""
    header = _KEYS.get(view.table.name)
    return _text(view, row, header).strip() if header is not None else str(row)


def _text(view: TableView, row: int, header: str) -> str:
    return shown(view.cell(row, header).value) if header in view.columns else ""


def _place(snapshot: Snapshot, view: TableView, row: int, header: str) -> Place:
    return Place(snapshot.book.file, view.sheet.name, cell_name(row, view.columns[header]))
