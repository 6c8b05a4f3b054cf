"""The Excel report of a comparison, read with openpyxl."""

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook

import excel_user
from builders import ROOT
from xlframework.commands.compare import compare
from xlframework.commands.new import new
from xlframework.ground.errors import MisuseError

WORKBOOK = ROOT / "workbook" / "commissioning.xlsx"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "deep" / "report.xlsx"
    outcome = compare("2018-21", "2020-21", report=path)
    assert outcome.data["report"] == str(path)
    assert outcome.text.endswith(f"{path}: written.")
    return path


@pytest.fixture(scope="module")
def book(report: Path) -> Workbook:
    return openpyxl.load_workbook(report, data_only=True)


@pytest.fixture(scope="module")
def formulas(report: Path) -> Workbook:
    return openpyxl.load_workbook(report)


def rows(book: Workbook, table: str) -> list[dict[str, Any]]:
    return excel_user.rows(book, table)


def test_it_has_two_sheets_with_a_title_and_a_table_each(book: Workbook) -> None:
    assert book.sheetnames == ["Summary", "Lines"]
    for sheet, table in zip(book.worksheets, ("Compared_sums", "Compared_lines"), strict=True):
        assert list(sheet.tables) == [table]
        assert sheet["A1"].style == "Heading 1"
        assert str(sheet["A1"].value).startswith("From 2018-21 to 2020-21")
        assert not sheet.merged_cells.ranges
        top = sheet.tables[table].ref.split(":")[0]
        assert sheet.freeze_panes == f"A{int(top[1:]) + 1}"
        assert sheet.print_title_rows == f"${top[1:]}:${top[1:]}"
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        fitted = sheet.sheet_properties.pageSetUpPr
        assert fitted is not None
        assert (fitted.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert book.properties.title == "From 2018-21 to 2020-21"
    assert book.properties.creator == "xlframework"


def test_the_lines_say_blank_nought_and_no_line_apart(book: Workbook) -> None:
    by_service = {row["Service"]: row for row in rows(book, "Compared_lines")}
    (nurses,) = [row for name, row in by_service.items() if "Mental health nurses" in name]
    header = "2020/21 Budget"
    assert nurses["Status"] == "added"
    assert [nurses[f"2018/19 Budget {each}"] for each in ("before", "after", "change")] == [
        "no line",
        None,
        0,
    ]
    assert [nurses[f"{header} {each}"] for each in ("before", "after", "change")] == [
        "no line",
        0,
        0,
    ]
    (children,) = [row for name, row in by_service.items() if name.startswith("Children")]
    assert [children[f"{header} {each}"] for each in ("before", "after", "change")] == [
        97412,
        "with A20-14",
        -97412,
    ]
    hub = by_service["Number 5"]
    assert hub["Status"] == "renamed (proposed)"
    assert hub["What else"].startswith("Was: Anchor Centre/Recovery hub (Inclusion Healthcare). ")
    assert (hub["Line ID before"], hub["Line ID after"]) == ("A18-12", "A20-13")
    assert len(by_service) == 43  # 44 lines, two of one service


def test_every_status_has_its_colour(book: Workbook) -> None:
    sheet = book["Lines"]
    skeleton = openpyxl.load_workbook(ROOT / "templates" / "commissioning.xlsx")["Palette"]
    colours = {
        str(row[0].value): row[1].fill.fgColor.rgb
        for row in skeleton.iter_rows(min_col=1, max_col=2)
    }
    seen = {}
    for row in sheet.iter_rows(min_col=1, max_col=1):
        seen[str(row[0].value)] = row[0].fill.fgColor.rgb
    assert len({colours[kind] for kind in ("good", "warning", "bad", "line")}) == 4
    for status, kind in (
        ("added", "good"),
        ("changed", "warning"),
        ("renamed (proposed)", "warning"),
        ("reduced to zero", "bad"),
        ("unchanged", "line"),
    ):
        assert seen[status] == colours[kind], status


def test_the_sums_are_live_over_the_table(book: Workbook, formulas: Workbook) -> None:
    values, live = rows(book, "Compared_sums"), rows(formulas, "Compared_sums")
    assert [row["Section"] for row in values[:5]] == [
        "VICTIMS",
        "VULNERABLE",
        "PREVENTION",
        "CROSS CUTTING",
        "Total",
    ]
    totals = [row for row in values if row["Section"] == "Total"]
    assert [(row["Year"], row["Before"], row["After"], row["Change"]) for row in totals] == [
        ("2018/19 Budget", 4283405, 4283405, 0),
        ("2019/20 Budget", 4288855, 4316550, 27695),
        ("2020/21 Budget", 4269355, 4395961, 126606),
    ]
    assert round(totals[-1]["Change %"], 6) == round(126606 / 4269355, 6)
    for row in live:
        assert str(row["Change"]).startswith("=")
        assert str(row["Change %"]).startswith("=IF(")
        assert str(row["Before"]).startswith("=SUM(") == (row["Section"] == "Total")


def test_the_same_comparison_gives_the_same_bytes(report: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    compare("2018-21", "2020-21", report=again)
    assert again.read_bytes() == report.read_bytes()


def test_a_report_replaces_an_earlier_report_and_nothing_else(tmp_path: Path) -> None:
    ours, other = tmp_path / "report.xlsx", tmp_path / "other.xlsx"
    compare("2018-21", "2018-21", report=ours)
    compare("2018-21", "2020-21", report=ours)
    assert len(rows(openpyxl.load_workbook(ours), "Compared_lines")) == 44
    shutil.copy(WORKBOOK, other)
    for path, text in ((other, None), (tmp_path / "notes.xlsx", "my notes")):
        if text is not None:
            path.write_text(text, encoding="utf-8")
        before = path.read_bytes()
        with pytest.raises(MisuseError, match="is already there and is no earlier report"):
            compare("2018-21", "2020-21", report=path)
        assert path.read_bytes() == before


def test_a_report_is_never_written_over_what_is_compared(tmp_path: Path) -> None:
    workbook = Path(shutil.copy(WORKBOOK, tmp_path / "budget.xlsx"))
    for sides in ((workbook, "2024-25"), ("2024-25", workbook)):
        with pytest.raises(MisuseError, match="one of the two that are compared"):
            compare(*sides, report=tmp_path / "x" / ".." / "budget.xlsx")
    assert workbook.read_bytes() == WORKBOOK.read_bytes()
    with pytest.raises(MisuseError, match=r"end it in \.xlsx"):
        compare(workbook, "2024-25", report=tmp_path / "report.xls")


def test_an_earlier_report_is_no_budget(tmp_path: Path) -> None:
    report = tmp_path / "report.xlsx"
    compare("2018-21", "2020-21", report=report)
    with pytest.raises(Exception, match="is not a commissioning workbook"):
        compare(report, "2020-21")


def test_the_report_takes_the_looks_of_the_workbook(tmp_path: Path) -> None:
    workbook, report = tmp_path / "budget.xlsx", tmp_path / "report.xlsx"
    new(workbook, edition="2020-21")

    def restyle(book: Workbook) -> None:
        palette = book["Palette"]
        for row in palette.iter_rows(min_col=1, max_col=2):
            if row[0].value == "good":
                row[1].fill = PatternFill("solid", fgColor="FF123456")

    excel_user.edit(workbook, restyle)
    compare("2018-21", workbook, report=report)
    sheet = openpyxl.load_workbook(report)["Lines"]
    added = [row[0] for row in sheet.iter_rows(max_col=1) if row[0].value == "added"]
    assert {cell.fill.fgColor.rgb for cell in added} == {"FF123456"}


def test_a_comparison_without_lines_has_an_empty_table(tmp_path: Path) -> None:
    report = tmp_path / "report.xlsx"
    compare("2024-25", "2025-28", report=report)
    book = openpyxl.load_workbook(report, data_only=True)
    (row,) = rows(book, "Compared_lines")
    assert not any(row.values())
    sums = rows(book, "Compared_sums")
    assert [sums[0][each] for each in ("Before", "After", "Change", "Change %")] == [
        "no section",
        1414428,
        1414428,
        "n/a",
    ]
    assert sums[-1]["Section"] == "Total"
