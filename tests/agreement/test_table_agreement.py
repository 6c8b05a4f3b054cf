"""Computed tables with awkward names: LibreOffice gives our numbers, before and after a change."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import excel_user
from agreement.own_tables import write_edition, write_templates
from agreement.recalculation import assert_all_agree
from office import resave
from xlframework.commands.appendix import appendix
from xlframework.commands.new import new
from xlframework.commands.refresh import refresh

# Tables without a formula when they stand alone, and those that the workbook keeps live in full.
CONSTANT = {"grant-years", "plan"}
LIVE = ("T_years", "T_grant_years", "T_sections", "T_areas")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "awkward.xlsx"
    templates = write_templates(tmp_path / "templates")
    new(path, folder=write_edition(tmp_path / "edition"), templates=templates)
    return path


def test_libreoffice_agrees_about_computed_tables(workbook: Path) -> None:
    templates, out = workbook.parent / "templates", workbook.parent / "published"
    assert refresh(workbook, templates=templates).data["changes"] == []
    appendix([workbook], out, formats=["xlsx"], templates=templates)
    published = [
        path for path in sorted(out.iterdir()) if path.stem.partition("_")[2] not in CONSTANT
    ]
    _, *formulas = assert_all_agree([workbook, *published], workbook.parent)
    # areas: a total; changes: two a row and four in the total; lines: two sums of lines and a
    # total; sections: a difference a row and three in the total; years: three a row, and a total.
    assert formulas == [1, 2 * 6 + 4, 2 * 2 + 2, 6 + 3, 3 * 2 + 1]


def change(book: Workbook) -> None:
    """Change a line, a line apart, an entered amount, the pot and an area's need."""
    excel_user.set_cell(book, "L4", "2024/25 Budget", 250.5)
    excel_user.set_cell(book, "L1", "2025/26 Budget", 1000)
    excel_user.set_name(book, "Pot", 3333)
    for table, key, value, header, amount in (
        ("Sections", "Section", "It's entered", "2023/24 Actual", 5),
        ("Areas", "Area", "Quote", "Need", 40),
    ):
        sheet, _ = excel_user.table_of(book, table)
        row = excel_user.row_of(book, table, key, value)
        excel_user.put(sheet, row, excel_user.headers(book, table)[header], amount)


def test_computed_tables_follow_a_change_before_the_next_refresh(workbook: Path) -> None:
    before = live_values(workbook)
    excel_user.edit(workbook, change)
    (recalculated,) = resave([workbook], workbook.parent / "recalculated")
    theirs = live_values(recalculated)
    refresh(workbook, templates=workbook.parent / "templates")
    ours = live_values(workbook)
    assert len(ours) == len(theirs) == len(before)
    for one, other in zip(ours, theirs, strict=True):
        assert one == pytest.approx(other)
    assert sum(one != other for one, other in zip(ours, before, strict=True)) > 12


def live_values(workbook: Path) -> list[object]:
    book = openpyxl.load_workbook(workbook, data_only=True)
    return [
        value
        for name in LIVE
        for row in excel_user.rows(book, name)
        for value in row.values()
        if value is not None
    ]
