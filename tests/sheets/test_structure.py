"""What is found when a workbook has lost something that our commands work with."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from builders import (
    YEAR,
    book_of,
    catalogue,
    committed_book,
    patched_book,
    sheet_of,
    snapshot,
    table_cell,
    table_of,
    workbook_spec,
)
from xlframework.ground.errors import UnreadableFileError
from xlframework.ground.finding import Finding
from xlframework.ground.place import cell_name
from xlframework.sheets.package.records import Book, DefinedName, Table, Value
from xlframework.sheets.structure import take_snapshot


def findings(book: Book) -> tuple[Finding, ...]:
    return take_snapshot(book, workbook_spec(), catalogue())[1]


def stops(book: Book) -> bool:
    return take_snapshot(book, workbook_spec(), catalogue())[0] is None


def patched(sheet: str, **cells: Value) -> Book:
    return patched_book({sheet: cells})


def header(table: str, name: str) -> str:
    """Give the address of a header of the committed workbook."""
    view = snapshot().tables[table]
    return cell_name(view.table.area.first_row, view.columns[name])


def renamed(changes: Mapping[str, str]) -> Book:
    """Give the committed workbook with tables under other names."""
    book = committed_book()
    tables = (replace(each, name=changes.get(each.name, each.name)) for each in book.tables)
    return replace(book, tables=tuple(tables))


def table_named(name: str) -> Table:
    return next(each for each in committed_book().tables if each.name == name)


def test_the_committed_workbook_has_everything() -> None:
    assert findings(committed_book()) == ()
    assert not stops(committed_book())


def test_a_workbook_with_none_of_our_tables_is_another_file() -> None:
    book = book_of(sheet_of({}), tables=[table_of("A1:B2", "A", "B", name="Other")])
    with pytest.raises(UnreadableFileError, match="not a commissioning workbook"):
        findings(book)


def test_a_renamed_table_is_missing_and_the_near_name_is_given() -> None:
    book = renamed({"Lines": "Lines2"})
    (finding,) = findings(book)
    assert finding.rule == "table-missing"
    assert (finding.expected, finding.found) == ("Lines", "Lines2")
    assert finding.message.endswith("is it the table that is now called Lines2?")
    assert stops(book)


def test_a_table_that_is_gone_has_no_near_name() -> None:
    book = committed_book()
    kept = tuple(each for each in book.tables if each.name != "Glossary")
    (finding,) = findings(replace(book, tables=kept))
    assert (finding.expected, finding.found) == ("Glossary", None)
    assert finding.message == "there is no table named Glossary"


def test_a_table_is_found_whatever_the_case_of_its_name() -> None:
    assert findings(renamed({"Lines": "LINES"})) == ()


def test_two_tables_whose_names_differ_in_case_are_found() -> None:
    book = committed_book()
    twin = replace(table_named("Lines"), name="LINES", sheet="Areas")
    (finding,) = findings(replace(book, tables=(*book.tables, twin)))
    assert finding.rule == "table-duplicate"
    assert finding.place.sheet == "Areas"
    assert "on the sheet Lines" in finding.message


def test_a_renamed_column_is_missing_and_the_near_header_is_given() -> None:
    cell = header("Lines", "Provider")
    (finding,) = findings(patched("Lines", **{cell: "Providers"}))
    assert (finding.rule, finding.place.sheet, finding.place.cell) == (
        "column-missing",
        "Lines",
        cell,
    )
    assert (finding.expected, finding.found) == ("Provider", "Providers")


def test_a_column_without_a_near_header_points_to_the_first_cell_of_the_header() -> None:
    (finding,) = findings(patched("Lines", **{header("Lines", "Provider"): "Qwxyz"}))
    assert (finding.place.cell, finding.found) == (header("Lines", "Line ID"), None)


def test_a_header_may_differ_in_case() -> None:
    assert findings(patched("Lines", **{header("Lines", "Provider"): "PROVIDER"})) == ()


def test_a_header_with_a_space_around_it_is_another_header() -> None:
    cell = header("Lines", "Provider")
    (finding,) = findings(patched("Lines", **{cell: " Provider "}))
    assert (finding.rule, finding.place.cell) == ("column-missing", cell)
    assert (finding.expected, finding.found) == ("Provider", " Provider ")


def test_two_columns_of_one_header_are_found_at_the_second() -> None:
    cell = header("Lines", "Note")
    found = findings(patched("Lines", **{cell: "provider"}))
    duplicate = next(each for each in found if each.rule == "column-duplicate")
    assert (duplicate.place.cell, duplicate.found) == (cell, "provider")
    assert "stands 2 times" in duplicate.message


@pytest.mark.parametrize("word", ["2024/26 Budget", "2024/25", "2024-25 Budget", "2024/25 Guess"])
def test_a_header_that_is_nearly_an_amount_column_is_warned_of(word: str) -> None:
    book = patched("Lines", **{header("Lines", YEAR): word})
    (finding,) = (each for each in findings(book) if each.place.sheet == "Lines")
    assert (finding.rule, finding.severity) == ("amount-column-unread", "warning")
    assert (finding.place.cell, finding.found) == (header("Lines", YEAR), word)
    assert not stops(book)


def test_a_column_of_the_teams_own_is_no_amount_column() -> None:
    assert findings(patched("Lines", **{header("Lines", YEAR): "Officer"})) == ()


def test_a_named_cell_that_is_gone_is_named() -> None:
    book = committed_book()
    kept = tuple(each for each in book.names if each.name != "Status")
    (finding,) = findings(replace(book, names=kept))
    assert (finding.rule, finding.expected) == ("name-missing", "Status")


def test_a_name_that_lost_its_cell_is_a_name_that_is_gone() -> None:
    book = committed_book()
    names = (
        DefinedName(each.name, "#REF!") if each.name == "Status" else each for each in book.names
    )
    assert [each.expected for each in findings(replace(book, names=tuple(names)))] == ["Status"]


def test_a_cell_that_only_shows_a_count_may_be_missing() -> None:
    book = committed_book()
    kept = tuple(each for each in book.names if each.name != "Error_count")
    assert findings(replace(book, names=kept)) == ()


def test_a_name_of_one_sheet_alone_does_not_count() -> None:
    book = committed_book()
    names = (replace(each, sheet="Cover") if each.name == "Dated" else each for each in book.names)
    assert [each.expected for each in findings(replace(book, names=tuple(names)))] == ["Dated"]


def palette_label(word: str) -> str:
    sheet = committed_book().sheet("Palette")
    assert sheet is not None
    return next(cell_name(*at) for at, cell in sheet.cells.items() if cell.value == word)


@pytest.mark.parametrize("word", ["subtotal", "pence"])
def test_a_palette_without_a_row_or_a_column_is_found(word: str) -> None:
    book = patched("Palette", **{palette_label(word): None})
    (finding,) = findings(book)
    assert (finding.rule, finding.place.sheet) == ("palette-incomplete", "Palette")
    assert finding.message == f"the palette has no {word}"
    assert stops(book)


def test_a_palette_without_its_corner_is_found() -> None:
    book = committed_book()
    kept = tuple(each for each in book.names if each.name != "Palette_corner")
    (finding,) = findings(replace(book, names=kept))
    assert finding.rule == "palette-incomplete"
    assert re.search(r"Palette_corner", finding.message)


def test_everything_that_is_wrong_is_found_at_once() -> None:
    changes = {header("Lines", "Provider"): "Who", header("Lines", "Note"): "What"}
    assert [each.rule for each in findings(patched("Lines", **changes))] == ["column-missing"] * 2


def test_a_row_added_below_the_others_is_no_finding() -> None:
    cell = table_cell("Lines", "Note", 3)
    assert findings(patched("Lines", **{cell: "A note"})) == ()
