"""A command changes an open workbook just as it changes a file; pressed again, it changes nothing.

The emulated Excel renames and grows things as the real one was measured to, so that a change
set applied in another order, or without care, ends in another workbook.
"""

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

import excel_user as user
from addin.excel import OpenExcel, open_excel
from addin.live import COMMITTED, press_refresh, refreshed_twice, without_looks
from addin.parity import differences
from builders import NEXT_YEAR, ROOT, YEAR, declared, snapshot
from commands.workbooks import type_into
from xlframework.commands.adopt import adopt, adopt_held
from xlframework.commands.allocate import split_checked
from xlframework.commands.held import held_open
from xlframework.commands.new import new
from xlframework.ground.place import Area, cell_name
from xlframework.sheets.package.chart_frames import find_chart
from xlframework.sheets.package.charts import chart_series
from xlframework.sheets.package.container import open_package
from xlframework.sheets.structure import take_snapshot
from xlframework.sheets.summary_sheet import CHART_NAME


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(COMMITTED, tmp_path / "budget.xlsx"))


def test_a_fresh_workbook_is_left_alone(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.excel.workbook.saved = True
        plan, changed = press_refresh(excel)
        assert not changed
        assert not plan.changes
        assert excel.excel.workbook.saved


def test_an_amount(workbook: Path) -> None:
    type_into(workbook, "Lines", "T5", Decimal(600000))
    assert differences(*refreshed_twice(workbook)) == []


def test_a_section_more_and_the_chart_that_draws_it(workbook: Path) -> None:
    section = snapshot().tables["Lines"].columns["Section"]
    type_into(workbook, "Lines", cell_name(7, section), "Brand new")
    before = _drawn(workbook)
    as_file, saved = refreshed_twice(workbook)
    assert differences(as_file, saved) == []
    assert _drawn(saved) != before


def _drawn(workbook: Path) -> list[str]:
    package = open_package(workbook)
    part = find_chart(package, CHART_NAME)
    assert part is not None
    return [each.values_range for each in chart_series(package, part)]


def _lines_come_and_go(book: Workbook) -> None:
    user.delete_line(book, str(user.rows(book, "Lines")[3]["Line ID"]))
    words = {"Block": "Commissioning", "Section": "Brand new", "Service": "2.1"}
    user.add_row(book, "Lines", {"Line ID": "N1", "Order": 995, **words, YEAR: 1000.5})
    user.add_row(book, "Lines", {"Line ID": "N2", "Order": 996, **words, YEAR: 7})


def _another_year(book: Workbook) -> None:
    ids = [str(row["Line ID"]) for row in user.rows(book, "Lines")]
    user.add_column(book, NEXT_YEAR, {line: 100 + number for number, line in enumerate(ids)})
    user.set_name(book, "Years", f"{YEAR}, {NEXT_YEAR}")


def _one_indicator_less(book: Workbook) -> None:
    sheet, table = user.table_of(book, "Indicators")
    columns = user.headers(book, "Indicators")
    for row, weight in ((20, 0.5), (21, 0.5), (22, None)):
        user.put(sheet, row, columns["Weight"], weight)
    for column in columns.values():
        user.put(sheet, 22, column, None)
    user.resize(table, Area.parse("A19:C21"))


def _an_amount_in_words(book: Workbook) -> None:
    user.set_cell(book, str(user.rows(book, "Lines")[2]["Line ID"]), YEAR, "n/a")


def _odd_texts(book: Workbook) -> None:
    ids = [str(row["Line ID"]) for row in user.rows(book, "Lines")]
    texts = ("TRUE", "March 2024", "-5 and more", "#N/A", "1/2", "'quoted", "=not a formula?")
    for line, text in zip(ids, texts, strict=False):
        cell = user.set_cell(book, line, "Service", text)
        book["Lines"][cell].data_type = "s"


@pytest.mark.parametrize("change", [_an_amount_in_words, _odd_texts])
def test_what_people_type(workbook: Path, change: Callable[[Workbook], None]) -> None:
    user.edit(workbook, change)
    assert differences(*refreshed_twice(workbook)) == []


def test_rules_of_the_teams_own_stay_and_reach_down_with_their_tables(workbook: Path) -> None:
    def rules(book: Workbook) -> None:
        red = PatternFill("solid", bgColor="FF0000")
        large = CellIsRule(  # type: ignore[no-untyped-call]
            operator="greaterThan", formula=["1000000"], fill=red
        )
        sections, _ = user.table_of(book, "Sections")
        sections.conditional_formatting.add("D5:D12", large)
        sections.conditional_formatting.add("D6", large)
        sections.conditional_formatting.add("B1:B1048576", large)
        orders = DataValidation(type="whole", formula1="1", formula2="99")
        orders.add("A5:A12")
        sections.add_data_validation(orders)
        printed, _ = user.table_of(book, "T_2024_25_table_1")
        scale = ColorScaleRule(  # type: ignore[no-untyped-call]
            start_type="min", start_color="AA0000", end_type="max", end_color="00AA00"
        )
        printed.conditional_formatting.add("E5:E52", scale)
        printed.conditional_formatting.add("A5:E52 H1", large)
        _lines_come_and_go(book)

    user.edit(workbook, rules)
    assert differences(*refreshed_twice(workbook)) == []


def test_a_restyled_palette_restyles_what_is_generated(workbook: Path) -> None:
    def restyle(book: Workbook) -> None:
        palette = book["Palette"]
        corner = 4
        for row in range(corner + 1, corner + 11):
            for column in range(2, 9):
                cell = palette.cell(row, column)
                cell.fill = PatternFill("solid", fgColor="D9E1F2")
                if palette.cell(corner, column).value == "text":
                    # In a cell that is formatted as text, a formula would stay text.
                    cell.number_format = "@"

    user.edit(workbook, restyle)
    assert differences(*refreshed_twice(workbook)) == []


def test_formulas_and_names_of_the_teams_own_keep_their_columns(workbook: Path) -> None:
    # Excel breaks a reference whose column goes, though another takes its header.
    formula = "=MAX(Allocation[Weighted share])"

    def ours(book: Workbook) -> None:
        book["Cover"]["E4"].value = formula
        target = "MAX(Allocation[Need],1)"
        book.defined_names["Largest_need"] = DefinedName("Largest_need", attr_text=target)
        _one_indicator_less(book)

    user.edit(workbook, ours)
    as_file, saved = refreshed_twice(workbook)
    found = differences(as_file, saved)
    # Excel has worked the team's formula out, and the file, which openpyxl wrote, has not.
    assert [each for each in found if "Cover E4" not in each] == []
    with open_excel(saved) as excel:
        assert excel.excel.sheet("Cover").formula("E4") == formula
        largest = excel.excel.sheet("Cover").value("E4")
        assert isinstance(largest, float)
        assert largest > 0.3


def test_a_formula_over_a_column_that_is_gone_breaks_as_in_excel(workbook: Path) -> None:
    def ours(book: Workbook) -> None:
        book["Cover"]["E4"].value = "=SUM(Summary[Share of 2024/25 Budget])"
        book["Cover"]["E5"].value = "=SUM(Summary[2024/25 Budget])"
        _another_year(book)

    user.edit(workbook, ours)
    as_file, saved = refreshed_twice(workbook)
    found = differences(as_file, saved)
    assert [each for each in found if "Cover E" not in each] == []
    with open_excel(saved) as excel:
        assert "#REF!" in excel.excel.sheet("Cover").formula("E4")
        assert excel.excel.sheet("Cover").formula("E5") == "=SUM(Summary[2024/25 Budget])"


def test_an_empty_workbook_that_is_filled(tmp_path: Path) -> None:
    workbook = tmp_path / "blank.xlsx"
    new(workbook, blank=True)

    def fill(book: Workbook) -> None:
        amounts = list(user.headers(book, "Lines"))[-1]
        for number in range(5):
            words = {"Block": "Commissioning", "Section": f"S{number % 2}", "Service": "x"}
            row = {"Line ID": f"L{number}", "Order": number, **words, amounts: 100 * number}
            user.add_row(book, "Lines", row)

    user.edit(workbook, fill)
    assert differences(*refreshed_twice(workbook)) == []


def test_a_sheet_that_is_added(tmp_path: Path) -> None:
    edition = tmp_path / "edition"
    shutil.copytree(ROOT / "workbook" / "editions" / "2024-25", edition)
    declaration = edition / "edition.toml"
    text = declaration.read_text(encoding="utf-8")
    assert 'layouts = ["2024-25-table-1", "2024-25-grants"]' in text
    declaration.write_text(text.replace(', "2024-25-grants"', ""), encoding="utf-8")
    workbook = tmp_path / "budget.xlsx"
    new(workbook, folder=edition)
    type_into(workbook, "Cover", "B8", "2024-25-table-1, 2024-25-grants")
    assert differences(*refreshed_twice(workbook, finish=_assert_set_up)) == []


def _assert_set_up(excel: OpenExcel) -> None:
    sheet = excel.excel.workbook.sheet_named("Grants")
    assert excel.excel.workbook.active_sheet is not sheet
    assert (sheet.view.rows, sheet.view.gridlines) == (4, False)
    told = vars(sheet)["page_setup"].told
    assert (told["orientation"], told["printtitlerows"]) == (2, "$4:$4")


def test_awards_carried_into_lines(workbook: Path) -> None:
    as_file = workbook.with_name("file.xlsx")
    shutil.copyfile(workbook, as_file)
    adopt(as_file, YEAR, backup=False)
    saved = workbook.with_name("excel.xlsx")
    changed = []
    with open_excel(workbook) as excel:
        for _ in range(2):
            held = held_open(excel.book)
            spec, catalogue = declared().workbook, declared().catalogue
            taken, _ = take_snapshot(held.book, spec, catalogue)
            assert taken is not None
            split = split_checked(taken, declared()).split
            assert split is not None
            changed.append(adopt_held(held, taken, declared(), split, YEAR).changed)
        excel.save(saved)
    assert changed == [True, False]
    assert differences(as_file, saved) == []


def test_where_excel_tells_no_looks(workbook: Path) -> None:
    user.edit(workbook, _another_year)
    found = differences(*refreshed_twice(workbook, without_looks))
    # Every row that changes gets all of its looks anew, which the log counts.
    assert [each for each in found if not each.startswith("log: ")] == []


def test_where_there_is_no_com_what_xlwings_has_on_a_mac_does(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Go the way of a Mac as far as it leads on this machine: through xlwings alone."""
    names = ("drawn", "guards", "new_sheets", "quiet", "read", "rules", "tables", "write")
    for name in (*(f"live.{each}" for each in names), "live_book"):
        monkeypatch.setattr(f"xlframework.sheets.{name}.HAS_COM", False)
    user.edit(workbook, _another_year)
    found = differences(*refreshed_twice(workbook))
    # Row by row looks count in the log, and a column's formula is not filled into new rows.
    assert [each for each in found if not each.startswith("log: ")] == []
