"""The words that the checks of names look at, read from a workbook's tables."""

from collections.abc import Sequence

from builders import (
    book_of,
    cells_of,
    palette,
    sheet_of,
    table_of,
    workbook_spec,
)
from rules.checks.wordings import names
from xlframework.ground.place import Place
from xlframework.rules.checks.words import GlossaryTerm, ThemedLine, UsedWord
from xlframework.sheets.package.records import Book, Value
from xlframework.sheets.read_words import PrintedColumn, read_wording
from xlframework.sheets.snapshot import NamedCell, Snapshot, view_of

EMPTY_TABLES = {
    "Lines": ("Line ID", "Section", "Service", "Provider", "Priority 1", "Priority 2", "Reach"),
    "Areas": ("Area code", "Area", "CSP", "Lead authority"),
    "Printed": ("Layout", "Line ID", "Column", "Text"),
    "Glossary": ("Term", "Meaning", "Theme"),
    "Forward_plan": ("Order", "Ends", "Item", "What follows"),
}

Rows = Sequence[Sequence[Value]]


def snapshot_of(**rows: Rows) -> Snapshot:
    """Give a snapshot of small tables, each on a sheet of its own from A1 on."""
    sheets, tables = [], []
    for name, headers in EMPTY_TABLES.items():
        listed = [headers, *rows.get(name, [(None,) * len(headers)])]
        sheets.append(sheet_of(cells_of(*listed), name))
        last = f"{chr(ord('A') + len(headers) - 1)}{len(listed)}"
        tables.append(table_of(f"A1:{last}", *headers, name=name, sheet=name))
    offered = sheet_of(cells_of(["LLR"], ["Rutland"], top=5), "Lists")
    book: Book = book_of(*sheets, offered, tables=tables)
    views = {each.name: view_of(book, each) for each in book.tables}
    return Snapshot(
        book=book,
        tables={name: view for name, view in views.items() if view is not None},
        appendices={},
        names={"List_reach": NamedCell(offered, 5, 1)},
        palette=palette(),
    )


def place(sheet: str, cell: str) -> Place:
    return Place("budget.xlsx", sheet, cell)


def test_a_word_has_its_kind_its_header_its_cell_and_its_row() -> None:
    lines = [("L1", "Victims", "Helpline", "Freeva", None, None, "LLR")]
    found = read_wording(snapshot_of(Lines=lines), workbook_spec(), names(), {})
    about = ("Lines", "L1")
    assert found.words == (
        UsedWord("Helpline", "service", "Service", place("Lines", "C2"), about, field="Service"),
        UsedWord("Freeva", "provider", "Provider", place("Lines", "D2"), about, field="Provider"),
        UsedWord("LLR", "place", "Reach", place("Lines", "G2"), about, field="Reach"),
    )
    assert found.lists["place"] == ("LLR", "Rutland")
    assert found.file == "budget.xlsx"


def test_areas_are_read_with_their_codes() -> None:
    areas = [
        ("E06000016", "Leicester", "Leicester City", "Leicester City Council"),
        ("e2", "Ash", None, None),
    ]
    found = read_wording(snapshot_of(Areas=areas), workbook_spec(), names(), {})
    assert found.area_codes == {"e06000016", "e2"}
    assert [(each.word, each.kind, each.place.cell) for each in found.words] == [
        ("Leicester City Council", "provider", "D2"),
        ("Leicester", "place", "B2"),
        ("Ash", "place", "B3"),
        ("Leicester City", "place", "C2"),
    ]


def test_a_printed_word_is_of_the_kind_of_what_it_is_printed_for() -> None:
    printed = {
        ("b", "Contract"): PrintedColumn("Lines", ("Service", "Provision"), " / "),
        ("b", "Who"): PrintedColumn("Lines", ("Provider",)),
        ("t", "CSP"): PrintedColumn("Areas", ("CSP",)),
        ("t", "Section"): PrintedColumn("Sections", ("Section",)),
    }
    rows = [
        ("b", "L1", "Contract", "SVDV / Support / more"),
        ("b", "L1", "Who", "Freeva"),
        ("t", "E1", "CSP", "Oakby"),
        ("t", "Victims", "Section", "Victims"),
        ("b", "L1", "Rationale", "None of ours"),
        ("other", "L1", "Who", "Freeva"),
        ("b", "L2", "Who", None),
    ]
    found = read_wording(snapshot_of(Printed=rows), workbook_spec(), names(), printed)
    assert [
        (each.word, each.kind, each.column, each.place.cell, each.row, each.field)
        for each in found.words
    ] == [
        ("SVDV", "service", "Contract", "D2", ("Lines", "L1"), "Service"),
        ("Support / more", "text", "Contract", "D2", ("Lines", "L1"), "Provision"),
        ("Freeva", "provider", "Who", "D3", ("Lines", "L1"), "Provider"),
        ("Oakby", "place", "CSP", "D4", ("Areas", "E1"), "CSP"),
    ]
    assert all(each.is_printed for each in found.words)


def test_the_glossary_and_the_priorities_of_lines_are_read() -> None:
    lines = [("L1", "Victims", "Helpline", None, "SP5", "SP1", None), ("L2",) + (None,) * 6]
    glossary = [("SP5", "Reporting", "Victims"), (None, "no term", None), ("YOS", None, None)]
    found = read_wording(snapshot_of(Lines=lines, Glossary=glossary), workbook_spec(), names(), {})
    assert found.lines == (ThemedLine("L1 (Helpline)", "SP5", "Victims", place("Lines", "E2")),)
    assert found.glossary == (
        GlossaryTerm("SP5", "Reporting", "Victims", place("Glossary", "A2")),
        GlossaryTerm("YOS", "", "", place("Glossary", "A4")),
    )
    assert [each.word for each in found.words if each.kind == "priority"] == ["SP5", "SP1"]


def test_columns_that_a_workbook_has_not_are_passed_over() -> None:
    found = read_wording(snapshot_of(), workbook_spec(), names(), {})
    assert not found.words
    assert not found.glossary
    assert not found.lines
