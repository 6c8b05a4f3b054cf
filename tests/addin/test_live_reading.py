"""An open workbook reads as its file does, in a few requests whatever its size."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

import excel_user
from addin.excel import OpenExcel, open_excel
from addin.live import COMMITTED, without_looks
from builders import committed_book
from commands.workbooks import type_into
from xlframework.sheets.live.read import OpenBook, read_open
from xlframework.sheets.package.records import UNREAD_STYLE, Book, ErrorValue
from xlframework.sheets.sameness import same_value


@pytest.fixture(scope="module")
def opened() -> Iterator[tuple[OpenExcel, OpenBook]]:
    with open_excel(COMMITTED) as excel:
        yield excel, read_open(excel.book)


def test_tables_names_and_charts_are_those_of_the_file(
    opened: tuple[OpenExcel, OpenBook],
) -> None:
    book, file = opened[1].book, committed_book()
    assert [(each.name, each.sheet, each.area, each.columns) for each in book.tables] == [
        (each.name, each.sheet, each.area, each.columns) for each in file.tables
    ]
    assert [(each.name, each.visibility) for each in book.sheets] == [
        (each.name, each.visibility) for each in file.sheets
    ]
    assert _names(book) == _names(file)
    assert book.charts == file.charts
    assert not book.date_1904


def _names(book: Book) -> set[tuple[str, str]]:
    own = (each for each in book.names if each.sheet is None)
    return {(each.name, each.refers_to.replace("'", "")) for each in own}


def test_cells_are_those_of_the_file(opened: tuple[OpenExcel, OpenBook]) -> None:
    file = committed_book()
    for sheet in opened[1].book.sheets:
        twin = file.sheet(sheet.name)
        assert twin is not None
        assert sheet.cells.keys() == twin.cells.keys()
        for place, cell in sheet.cells.items():
            other = twin.cell(*place)
            assert cell.formula == other.formula, (sheet.name, place)
            assert same_value(cell.value, other.value), (sheet.name, place)


def test_looks_tell_the_same_cells_apart(opened: tuple[OpenExcel, OpenBook]) -> None:
    book, file = opened[1].book, committed_book()
    pairs = {
        (cell.style, file.sheets[number].cell(*place).style)
        for number, sheet in enumerate(book.sheets)
        for place, cell in sheet.cells.items()
    }
    # A file may store one look under several numbers, but never two looks under one.
    numbers = [other for _, other in pairs]
    assert len(numbers) == len(set(numbers))
    dates = {style for style, other in pairs if other in file.date_styles}
    assert dates == book.date_styles & {style for style, _ in pairs}


def test_a_longer_sheet_takes_no_more_requests(tmp_path: Path) -> None:
    def lengthen(book: Workbook) -> None:
        for number in range(400):
            excel_user.add_row(book, "Lines", {"Line ID": f"X{number}", "Order": number})

    long = tmp_path / "long.xlsx"
    long.write_bytes(COMMITTED.read_bytes())
    counts = []
    for change in (lambda _: None, lengthen):
        excel_user.edit(long, change)
        with open_excel(long) as excel:
            before = excel.server.requests
            read_open(excel.book)
            counts.append(excel.server.requests - before)
    assert counts[0] == counts[1]
    # Nineteen sheets, sixteen tables and forty names.
    assert counts[0] < 700


def test_a_sheet_that_is_formatted_down_to_its_last_row_is_read_as_far_as_it_is_filled() -> None:
    with open_excel(COMMITTED) as excel:
        sheet = excel.excel.workbook.sheet_named("Sections")
        sheet.set_number_format(1_048_576, 3, "0.00")
        assert excel.book.sheets["Sections"].used_range.address == "$A:$D"
        before = excel.server.requests
        read = read_open(excel.book).book.sheet("Sections")
        assert excel.server.requests - before < 700
    file = committed_book().sheet("Sections")
    assert read is not None
    assert file is not None
    assert read.cells.keys() == file.cells.keys()


def test_values_that_a_file_stores_otherwise(tmp_path: Path) -> None:
    workbook = tmp_path / "budget.xlsx"
    workbook.write_bytes(COMMITTED.read_bytes())
    type_into(workbook, "Lines", "T5", Decimal("0.1"))
    with open_excel(workbook) as excel:
        sheet = excel.excel.sheet("Lines")
        sheet.set_value("T6", "=1/0")
        sheet.set_value("T7", True)
        sheet.set_value("T8", "'007")
        sheet.set_value("T9", '=""')
        lines = read_open(excel.book).book.sheet("Lines")
    assert lines is not None
    found = {row: lines.cell(row, 20) for row in range(5, 10)}
    assert found[5].value == Decimal("0.1")
    assert (found[6].value, found[6].formula) == (ErrorValue("#DIV/0!"), "1/0")
    assert found[7].value is True
    assert (found[8].value, found[8].formula) == ("007", None)
    assert (found[9].value, found[9].formula) == ("", '""')


def test_where_excel_tells_no_looks_the_palette_alone_has_numbers() -> None:
    with open_excel(COMMITTED) as excel:
        without_looks(excel)
        opened = read_open(excel.book)
    palette = opened.book.sheet("Palette")
    assert palette is not None
    numbers = [cell.style for cell in palette.cells.values()]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) > 0
    others = [sheet for sheet in opened.book.sheets if sheet.name != "Palette"]
    assert {cell.style for sheet in others for cell in sheet.cells.values()} == {UNREAD_STYLE}
    lines = opened.book.sheet("Lines")
    assert lines is not None
    # Dates come as dates then.
    assert any(cell.is_iso_date for cell in lines.cells.values())
