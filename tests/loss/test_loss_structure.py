"""Tables are found by name: rows, columns and sheets may move, and every total follows."""

import warnings
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import TableColumn

import excel_user
from cli.terminal import Ran, run
from loss.surgery import WORKBOOK
from office import resave
from xlframework.ground.place import Area

BUDGET = "2024/25 Budget"
NEXT_YEAR = "2025/26 Budget"


def _nothing(book: Workbook) -> None:
    """Only open and save."""


def _insert_rows_above(book: Workbook) -> None:
    sheet, table = excel_user.table_of(book, "Lines")
    top, left, bottom, right = Area.parse(table.ref)
    sheet.insert_rows(2, 3)
    excel_user.resize(table, Area(top + 3, left, bottom + 3, right))


def _insert_a_column_inside(book: Workbook) -> None:
    sheet, table = excel_user.table_of(book, "Lines")
    top, left, bottom, right = Area.parse(table.ref)
    sheet.insert_cols(8)
    sheet.cell(top, 8).value = "Lead officer"
    names = [column.name for column in table.tableColumns]
    names.insert(7, "Lead officer")
    table.tableColumns.append(TableColumn(id=len(names), name="Lead officer"))
    for column, name in zip(table.tableColumns, names, strict=True):
        column.name = name
    excel_user.resize(table, Area(top, left, bottom, right + 1))


def _sort_by_amount(book: Workbook) -> None:
    sheet, table = excel_user.table_of(book, "Lines")
    top, left, bottom, right = Area.parse(table.ref)
    rows = [
        [sheet.cell(row, column).value for column in range(left, right + 1)]
        for row in range(top + 1, bottom + 1)
    ]
    rows.sort(key=lambda row: -float(str(row[-1] or 0)))
    for row, values in enumerate(rows, start=top + 1):
        for column, value in enumerate(values, start=left):
            sheet.cell(row, column).value = value


def _rename_sheets(book: Workbook) -> None:
    for old, new in (
        ("Lines", "Budget lines"),
        ("Sections", "Team's sections"),
        ("Summary", "Overview & chart"),
        ("Table 1", "Published"),
        ("Checks", "Problems"),
    ):
        book[old].title = new


def _hide_columns(book: Workbook) -> None:
    sheet, _ = excel_user.table_of(book, "Lines")
    for letter in "FJKT":
        sheet.column_dimensions[letter].hidden = True
    sheet.row_dimensions[9].hidden = True


def _add_a_line(book: Workbook) -> None:
    values = {
        "Line ID": "C24-99",
        "Order": 15,
        "Block": "Commissioning",
        "Section": "Prevention",
        "Service": "Road safety",
        "Provider": "Force",
        "Term": "Short",
        BUDGET: 1234.56,
    }
    excel_user.add_row(book, "Lines", values)


def _add_a_section(book: Workbook) -> None:
    _add_a_line(book)
    excel_user.set_cell(book, "C24-99", "Section", "Road safety")


def _delete_a_line(book: Workbook) -> None:
    excel_user.delete_line(book, "C24-01")


def _add_a_year(book: Workbook) -> None:
    excel_user.add_column(book, NEXT_YEAR, {"C24-01": 510000, "C24-02": 81000.5})


CHANGES: tuple[Callable[[Workbook], None], ...] = (
    _nothing,
    _insert_rows_above,
    _insert_a_column_inside,
    _sort_by_amount,
    _rename_sheets,
    _hide_columns,
    _add_a_line,
    _add_a_section,
    _delete_a_line,
    _add_a_year,
)


@pytest.fixture(params=CHANGES, ids=lambda change: change.__name__.strip("_"))
def changed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(WORKBOOK.read_bytes())
    excel_user.edit(path, request.param)
    return path


def _sums(book: Workbook, year: str) -> dict[tuple[str, str], Decimal]:
    """Add the lines up by hand, by block and section."""
    sums: dict[tuple[str, str], Decimal] = {}
    for row in excel_user.rows(book, "Lines"):
        key = (str(row["Block"]), str(row["Section"]))
        sums[key] = sums.get(key, Decimal(0)) + Decimal(str(row[year] or 0))
    return sums


def _opened(path: Path) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, data_only=True)


def _years(book: Workbook) -> list[str]:
    return [name for name in excel_user.headers(book, "Lines") if name in {BUDGET, NEXT_YEAR}]


def _assert_everything_follows(ran: Ran, book: Workbook) -> None:
    for year in _years(book):
        sums = _sums(book, year)
        printed = {
            (each["block"], each["section"]): Decimal(each["amount"])
            for each in ran.json["subtotals"]
            if each["year"] == year
        }
        assert printed == sums
        sections = excel_user.rows(book, "Sections")
        assert {(row["Block"], row["Section"]): _decimal(row[year]) for row in sections} == sums
        summary = excel_user.rows(book, "Summary")
        assert _decimal(summary[-1][year]) == sum(sums.values())
    table = excel_user.rows(book, "T_2024_25_table_1")
    commissioned = [
        amount for (block, _), amount in _sums(book, BUDGET).items() if block == "Commissioning"
    ]
    assert _decimal(list(table[-1].values())[-1]) == sum(commissioned)


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value))


def test_every_table_and_total_follows_the_lines(
    capsys: pytest.CaptureFixture[str], changed: Path
) -> None:
    ran = run(capsys, "refresh", changed, "--json")
    assert (ran.code, ran.err) == (0, "")
    book = _opened(changed)
    _assert_everything_follows(ran, book)
    ids = {row["Line ID"] for row in excel_user.rows(book, "Lines")}
    table_lines = excel_user.rows(book, "T_2024_25_table_1")
    commissioned = {each for each in ids if str(each).startswith("C24-")}
    assert len(table_lines) - 1 == len(commissioned)


def test_a_second_refresh_leaves_bytes_and_time_alone(
    capsys: pytest.CaptureFixture[str], changed: Path
) -> None:
    run(capsys, "refresh", changed, "--no-backup")
    settled, stamp = changed.read_bytes(), changed.stat().st_mtime_ns
    again = run(capsys, "refresh", changed, "--json")
    assert again.json["changes"] == []
    assert (changed.read_bytes(), changed.stat().st_mtime_ns) == (settled, stamp)
    assert [each.name for each in changed.parent.iterdir()] == ["budget.xlsx"]


def test_a_workbook_saved_by_openpyxl_gets_its_values_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(WORKBOOK.read_bytes())
    excel_user.edit(path, _nothing)
    assert _opened(path)["Sections"]["D5"].value is None
    run(capsys, "refresh", path)
    assert _opened(path)["Sections"]["D5"].value == 1412614


def test_a_workbook_saved_by_libreoffice_comes_to_the_same_totals(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = tmp_path / "budget.xlsx"
    first.write_bytes(WORKBOOK.read_bytes())
    expected = run(capsys, "refresh", first, "--json").json
    folder = tmp_path / "office"
    folder.mkdir()
    (saved,) = resave([first], folder)
    ran = run(capsys, "refresh", saved, "--json")
    assert (ran.code, ran.err) == (0, ""), ran.json["findings"]
    assert ran.json["totals"] == expected["totals"]
    assert ran.json["subtotals"] == expected["subtotals"]
    again = run(capsys, "refresh", saved, "--json")
    assert again.json["changes"] == []
