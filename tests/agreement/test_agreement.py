"""Excel's formulas, worked out by LibreOffice, give the numbers that Python stored."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

import excel_user
from agreement.recalculation import assert_agrees
from xlframework.commands.appendix import appendix
from xlframework.commands.new import new
from xlframework.commands.refresh import refresh


def as_published(_: Workbook) -> None:
    pass


def with_a_line_more(book: Workbook) -> None:
    excel_user.add_row(
        book,
        "Lines",
        {
            "Line ID": "C24-48",
            "Order": 15,
            "Block": "Commissioning",
            "Section": "Victim Services",
            "Service": "A new service",
            "Provider": "Somebody",
            "2024/25 Budget": 1234.56,
        },
    )


def with_a_line_less(book: Workbook) -> None:
    excel_user.delete_line(book, "C24-20")


def with_a_new_section(book: Workbook) -> None:
    excel_user.set_cell(book, "C24-20", "Section", "Young people & families")
    excel_user.set_cell(book, "C24-21", "Section", 'The "other" section')


def with_two_years(book: Workbook) -> None:
    amounts = {"C24-01": 510000.25, "C24-02": 0, "C24-43": 400000, "G24-01": -100.1}
    excel_user.add_column(book, "2025/26 Budget", amounts)
    excel_user.add_column(book, "2025/26 Forecast", {"C24-01": 0.1, "C24-03": 0.2})
    excel_user.add_column(book, "2026/27 Budget", {})


def with_the_sheets_renamed(book: Workbook) -> None:
    book["Lines"].title = "Our budget's lines"
    book["Sections"].title = "Totals 2024"
    book["Summary"].title = "Overview"


def with_a_text_for_an_amount(book: Workbook) -> None:
    excel_user.set_cell(book, "C24-01", "2024/25 Budget", "TBC")


def with_sums_in_cells(book: Workbook) -> None:
    excel_user.set_cell(book, "C24-43", "2024/25 Budget", 0.1)
    excel_user.set_cell(book, "C24-44", "2024/25 Budget", 0.2)


CHANGES: tuple[Callable[[Workbook], None], ...] = (
    as_published,
    with_a_line_more,
    with_a_line_less,
    with_a_new_section,
    with_two_years,
    with_the_sheets_renamed,
    with_a_text_for_an_amount,
    with_sums_in_cells,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_libreoffice_recalculates_the_workbook_to_our_values(
    change: Callable[[Workbook], None], tmp_path: Path
) -> None:
    workbook = tmp_path / "budget.xlsx"
    new(workbook, edition="2024-25")
    excel_user.edit(workbook, change)
    refresh(workbook)
    # Every section three times (subtotal, Summary, label), and more.
    assert assert_agrees(workbook, tmp_path) > 280


def test_libreoffice_recalculates_the_file_as_new_makes_it(tmp_path: Path) -> None:
    workbook = tmp_path / "budget.xlsx"
    new(workbook, edition="2024-25")
    assert assert_agrees(workbook, tmp_path) == 338


def test_libreoffice_recalculates_a_blank_workbook(tmp_path: Path) -> None:
    workbook = tmp_path / "blank.xlsx"
    new(workbook, blank=True)
    assert assert_agrees(workbook, tmp_path) >= 4


def test_libreoffice_recalculates_the_published_tables(tmp_path: Path) -> None:
    workbook = tmp_path / "budget.xlsx"
    new(workbook, edition="2024-25")
    appendix([workbook], tmp_path / "published", formats=["xlsx"])
    published = sorted((tmp_path / "published").glob("*.xlsx"))
    assert [assert_agrees(path, tmp_path) for path in published] == [1, 1]
