"""`appendix` publishes tables that equal the printed ones row by row."""

import csv
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

import excel_user
from xlframework.commands.appendix import appendix
from xlframework.commands.new import new
from xlframework.ground.errors import MisuseError

PRINTED = Path(__file__).parents[1] / "published" / "tables"
TABLES = {
    "2024-25-table-1": ("2024-25_table1.csv", 4654011),
    "2024-25-grants": ("2024-25_grants.csv", 2020226),
}
HEADERS = ["Term", "Priority", "Project", "Provider", "24/25 Spend"]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("appendix") / "budget 2024.xlsx"
    new(path, edition="2024-25")
    return path


@pytest.fixture(scope="module")
def published(workbook: Path) -> Path:
    folder = workbook.parent / "published"
    assert appendix([workbook], folder).exit_code == 0
    return folder


def oracle(layout: str) -> list[list[str]]:
    with (PRINTED / TABLES[layout][0]).open(encoding="utf-8", newline="") as stream:
        return [[row[header] for header in HEADERS] for row in csv.DictReader(stream)]


def test_the_files_are_named_after_workbook_layout_and_format(published: Path) -> None:
    assert sorted(path.name for path in published.iterdir()) == [
        "budget 2024_2024-25-grants.csv",
        "budget 2024_2024-25-grants.xlsx",
        "budget 2024_2024-25-table-1.csv",
        "budget 2024_2024-25-table-1.xlsx",
    ]


@pytest.mark.parametrize("layout", TABLES)
def test_the_csv_equals_the_printed_table_row_by_row(layout: str, published: Path) -> None:
    path = published / f"budget 2024_{layout}.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        headers, *rows = csv.reader(stream)
    assert headers == HEADERS
    assert rows == oracle(layout)
    assert rows[-1][-1] == str(TABLES[layout][1])


@pytest.mark.parametrize("layout", TABLES)
def test_the_workbook_equals_the_printed_table_row_by_row(layout: str, published: Path) -> None:
    path = published / f"budget 2024_{layout}.xlsx"
    (sheet,) = openpyxl.load_workbook(path, data_only=True).worksheets
    (table,) = sheet.tables.values()
    headers, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    assert headers == HEADERS
    shown = [["" if value is None else str(value) for value in row] for row in rows]
    expected = oracle(layout)
    # Where the printed cell is merged with the one above, we say so in words.
    shared = [row for row in range(len(rows)) if shown[row][-1] == "included above"]
    assert [expected[row][-1] for row in shared] == [""] * len(shared)
    assert len(shared) == (2 if layout == "2024-25-table-1" else 0)
    for row in shared:
        shown[row][-1] = ""
    assert shown == expected


@pytest.mark.parametrize("layout", TABLES)
def test_only_totals_are_formulas_and_nothing_is_merged(layout: str, published: Path) -> None:
    (sheet,) = openpyxl.load_workbook(published / f"budget 2024_{layout}.xlsx").worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row]
    formulas = [cell for cell in cells if cell.data_type == "f"]
    last = 4 + len(oracle(layout))
    first = 6 if layout == "2024-25-grants" else 5
    assert [(cell.coordinate, cell.value) for cell in formulas] == [
        (f"E{last}", f"=SUM(E{first}:E{last - 1})")
    ]
    assert not sheet.merged_cells.ranges
    assert not [cell for cell in cells if isinstance(cell, MergedCell)]


def test_it_says_where_it_comes_from(published: Path, workbook: Path) -> None:
    import hashlib  # noqa: PLC0415 - only this test

    book = openpyxl.load_workbook(published / "budget 2024_2024-25-table-1.xlsx")
    (sheet,) = book.worksheets
    assert sheet["A1"].value == "Table 1: commissioning budget 2024/25"
    assert sheet["A1"].style == "Heading 1"
    about = str(sheet["A2"].value)
    assert "Edition 2024-25, approved, date not given" in about
    assert "budget 2024.xlsx" in about
    assert hashlib.sha256(workbook.read_bytes()).hexdigest() in about
    assert book.properties.title == sheet["A1"].value
    assert book.properties.creator == "xlframework"


def test_publishing_twice_gives_the_same_bytes(published: Path, workbook: Path) -> None:
    again = workbook.parent / "again"
    appendix([workbook], again)
    for path in published.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_workbook_itself_is_not_changed(workbook: Path, tmp_path: Path) -> None:
    before = workbook.read_bytes()
    appendix([workbook], tmp_path)
    assert workbook.read_bytes() == before


def test_one_layout_and_one_format_can_be_chosen(workbook: Path, tmp_path: Path) -> None:
    outcome = appendix([workbook], tmp_path, layouts=["2024-25-grants"], formats=["csv"])
    assert [path.name for path in tmp_path.iterdir()] == ["budget 2024_2024-25-grants.csv"]
    assert outcome.data["tables"] == [
        {
            "workbook": str(workbook),
            "layout": "2024-25-grants",
            "rows": 19,
            "totals": {"24/25 Spend": "2020226.00"},
        }
    ]


def test_a_batch_of_workbooks_is_published_in_one_go(workbook: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(workbook.read_bytes())
    outcome = appendix([workbook, other], tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 8
    assert outcome.exit_code == 0
    told = outcome.data["tables"]
    assert isinstance(told, list)
    assert [each["workbook"] for each in told] == [str(workbook)] * 2 + [str(other)] * 2


def test_two_workbooks_of_one_name_are_misuse(workbook: Path, tmp_path: Path) -> None:
    other = tmp_path / workbook.name
    other.write_bytes(workbook.read_bytes())
    with pytest.raises(MisuseError, match="one name"):
        appendix([workbook, other], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_unknown_layouts_and_formats_are_misuse(workbook: Path, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="2024-25-table-1"):
        appendix([workbook], tmp_path, layouts=["../2024-25-grants"])
    with pytest.raises(MisuseError, match="xlsx, csv"):
        appendix([workbook], tmp_path, formats=["pdf"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("amount", ["TBC", "£1,114", "#REF!", 0.001])
def test_nothing_is_published_over_an_amount_that_cannot_be_counted(
    amount: object, workbook: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(workbook.read_bytes())
    excel_user.edit(
        broken, lambda book: excel_user.set_cell(book, "C24-01", "2024/25 Budget", amount)
    )
    outcome = appendix([broken], tmp_path / "out")
    assert outcome.exit_code == 1
    assert outcome.findings[0].place.cell == "T5"
    assert not (tmp_path / "out").exists()


def test_hidden_pence_are_printed_to_the_pound_with_a_warning(
    workbook: Path, tmp_path: Path
) -> None:
    pence = tmp_path / "pence.xlsx"
    pence.write_bytes(workbook.read_bytes())
    excel_user.edit(
        pence, lambda book: excel_user.set_cell(book, "C24-01", "2024/25 Budget", 500000.5)
    )
    outcome = appendix([pence], tmp_path / "out", formats=["csv"])
    assert [finding.rule for finding in outcome.findings] == ["layout-pence-hidden"]
    assert outcome.exit_code == 0
    rows = (tmp_path / "out" / "pence_2024-25-table-1.csv").read_text(encoding="utf-8-sig")
    assert "Victim First,Catch 22,500001" in rows


def test_a_table_of_awards_is_left_out_where_the_fund_cannot_be_split(tmp_path: Path) -> None:
    path = tmp_path / "plf.xlsx"
    new(path, edition="2016-17")
    excel_user.edit(path, lambda book: excel_user.set_name(book, "Pot", None))
    outcome = appendix([path], tmp_path / "published", formats=["csv"])
    assert [finding.rule for finding in outcome.findings if finding.severity == "error"] == [
        "allocation-impossible",
        "layout-award-missing",
    ]
    assert sorted(each.name for each in (tmp_path / "published").iterdir()) == [
        "plf_2016-17-appendix-b.csv",
        "plf_2016-17-appendix-c.csv",
        "plf_2016-17-decision-record.csv",
    ]
    alone = appendix([path], tmp_path / "alone", layouts=["2016-17-appendix-c"], formats=["csv"])
    assert [finding.rule for finding in alone.findings if finding.severity == "error"] == []


def test_nothing_is_published_over_a_formula_that_was_never_calculated(
    workbook: Path, tmp_path: Path
) -> None:
    edited = tmp_path / "edited.xlsx"
    edited.write_bytes(workbook.read_bytes())
    excel_user.edit(
        edited, lambda book: excel_user.set_cell(book, "C24-02", "Provider", '="A"&"B"')
    )
    outcome = appendix([edited], tmp_path / "out")
    (finding,) = [each for each in outcome.findings if each.severity == "error"]
    assert (finding.rule, finding.place.cell) == ("word-unread", "G6")
    assert outcome.exit_code == 1
    assert not (tmp_path / "out").exists()
