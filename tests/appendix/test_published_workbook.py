"""A table published as a workbook of its own, as openpyxl and a reader see it."""

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from appendix.layouts import MULTI_YEAR, two_year_budget
from builders import ROOT, YEAR, committed_package, layout, line, snapshot, workbook_spec
from builders import budget as budget_of
from xlframework.appendix.compose.records import AppendixTable
from xlframework.appendix.compose.table import compose
from xlframework.appendix.layout import Column
from xlframework.appendix.read_layout import read_layout
from xlframework.appendix.to_sheet import Provenance, published_package
from xlframework.ground.place import column_letters
from xlframework.sheets.package.container import package_bytes
from xlframework.sheets.read_budget import read_budget

SHA = "0123456789abcdef" * 4


def provenance(status: str = "draft", dated: str = "1 April 2024") -> Provenance:
    parts = committed_package().parts
    theme = parts.get("xl/theme/theme1.xml")
    return Provenance("2024-25", status, dated, "budget.xlsx", SHA, parts["xl/styles.xml"], theme)


def shipped(name: str) -> AppendixTable:
    found = read_layout(name, ROOT / "templates")
    assert found is not None
    return compose(found, read_budget(snapshot(), workbook_spec()))


def published(table: AppendixTable, source: Provenance | None = None) -> bytes:
    package = published_package(table, snapshot().palette, source or provenance(), "out.xlsx")
    return package_bytes(package)


@pytest.fixture(params=["multi-year", "2024-25-table-1", "2024-25-grants"])
def table(request: pytest.FixtureRequest) -> AppendixTable:
    if request.param == MULTI_YEAR.name:
        return compose(MULTI_YEAR, two_year_budget())
    return shipped(request.param)


@pytest.fixture
def book(table: AppendixTable) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(published(table)))


@pytest.fixture
def sheet(book: Workbook) -> Worksheet:
    (only,) = book.worksheets
    return only


def test_the_only_sheet_has_the_layout_s_name(sheet: Worksheet, table: AppendixTable) -> None:
    assert sheet.title == table.layout.sheet


def test_one_table_holds_every_printed_row(sheet: Worksheet, table: AppendixTable) -> None:
    (found,) = sheet.tables.values()
    headers = [cell.value for cell in sheet[found.ref][0]]
    assert found.displayName == table.layout.table_name
    assert headers == list(table.layout.headers)
    assert len({str(header).casefold() for header in headers}) == len(headers)
    assert len(sheet[found.ref]) == 1 + len(table.rows)


def test_no_cell_is_merged(sheet: Worksheet) -> None:
    assert not sheet.merged_cells.ranges


def test_the_title_stands_in_a1_in_the_heading_style(
    sheet: Worksheet, table: AppendixTable
) -> None:
    assert sheet["A1"].value == table.layout.title
    assert sheet["A1"].style == "Heading 1"


def test_it_says_where_it_comes_from(book: Workbook, table: AppendixTable) -> None:
    said = "Edition 2024-25, draft, 1 April 2024"
    assert book.worksheets[0]["A2"].value == f"{said}. From budget.xlsx, SHA-256 {SHA}"
    assert book.properties.title == table.layout.title
    assert book.properties.subject == said
    assert f"From budget.xlsx, SHA-256 {SHA}." in (book.properties.description or "")
    assert table.layout.description in (book.properties.description or "")


def test_the_notes_stand_below_the_table(sheet: Worksheet, table: AppendixTable) -> None:
    last = 4 + len(table.rows)
    below = [sheet.cell(row, 1).value for row in range(last + 1, sheet.max_row + 1)]
    assert below == [None, *table.layout.notes]


def test_formulas_add_up_cells_of_the_same_column_and_stand_for_numbers(
    sheet: Worksheet, table: AppendixTable
) -> None:
    values = openpyxl.load_workbook(io.BytesIO(published(table)), data_only=True).worksheets[0]
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
    for cell in formulas:
        named = re.findall(r"[A-Z]+(?=[0-9])", str(cell.value).removeprefix("=SUM"))
        assert set(named) == {column_letters(cell.column or 0)}
        assert isinstance(values[cell.coordinate].value, (int, float))


def test_the_total_is_the_sum_of_the_cells_that_it_names(
    sheet: Worksheet, table: AppendixTable
) -> None:
    for header, pence in table.totals().items():
        at = table.layout.position(header) + 1
        total = sheet.cell(4 + len(table.rows), at)
        inside = re.findall(r"([A-Z]+[0-9]+)(?::([A-Z]+[0-9]+))?", str(total.value))
        cells = [cell for one, end in inside for (cell,) in sheet[f"{one}:{end or one}"]]
        amounts = [cell.value for cell in cells if isinstance(cell.value, (int, float))]
        assert round(100 * sum(amounts)) == pence


def test_the_header_stays_in_view_and_is_repeated_in_print(sheet: Worksheet) -> None:
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"


def test_the_same_table_gives_the_same_bytes(table: AppendixTable) -> None:
    assert published(table) == published(table)


def test_the_documents_dates_are_fixed(book: Workbook, table: AppendixTable) -> None:
    infos = zipfile.ZipFile(io.BytesIO(published(table))).infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert book.properties.created == book.properties.modified
    assert book.properties.created is not None
    assert book.properties.created.year == 2000


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (provenance(dated=""), "Edition 2024-25, draft, date not given"),
        (provenance(status=""), "Edition 2024-25, no status, 1 April 2024"),
    ],
)
def test_what_is_not_known_is_said(source: Provenance, said: str) -> None:
    assert source.sentence == said


def test_words_that_look_like_formulas_stay_words() -> None:
    words = {"Service": "=1+1"}
    one = layout(Column(header="Service", field="Service"), Column(header="Spend", amount=YEAR))
    data = published(compose(one, budget_of([line("L1", 100, words=words)])))
    cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A5"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_character_that_a_file_cannot_carry_does_not_stop_it() -> None:
    """A cell of the Cover can hold one; in the document's properties it becomes a space."""
    one = layout(Column(header="Service", field="Service"))
    table = compose(one, budget_of([line()]))
    told = published(table, provenance(status="draft\x01"))
    book = openpyxl.load_workbook(io.BytesIO(told))
    assert book.properties.subject == "Edition 2024-25, draft , 1 April 2024"
