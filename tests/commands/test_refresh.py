"""`refresh` carries a change in Lines into every subtotal, total, table and chart, once."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import excel_user
from commands.workbooks import type_into
from known_findings import OF_2024_25, further
from xlframework.commands.new import new
from xlframework.commands.outcome import Outcome
from xlframework.commands.refresh import refresh
from xlframework.ground.shipped import find_template
from xlframework.sheets.package.chart_frames import find_chart
from xlframework.sheets.package.charts import chart_series
from xlframework.sheets.package.container import open_package, package_bytes
from xlframework.sheets.package.records import Series

BUDGET = "2024/25 Budget"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "budget.xlsx"
    new(path, edition="2024-25")
    return path


def total(outcome: Outcome, block: str | None, year: str = BUDGET) -> str:
    data = json.loads(json.dumps(outcome.as_json()))
    (found,) = [each for each in data["totals"] if each["block"] == block and each["year"] == year]
    return str(found["amount"])


def subtotal(outcome: Outcome, section: str, block: str = "Commissioning") -> str:
    data = json.loads(json.dumps(outcome.as_json()))
    (found,) = [
        each
        for each in data["subtotals"]
        if (each["block"], each["section"], each["year"]) == (block, section, BUDGET)
    ]
    return str(found["amount"])


def printed(workbook: Path, sheet: str = "Table 1") -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(workbook, data_only=True)
    return [
        tuple(cell.value for cell in row) for row in book[sheet].iter_rows(min_row=4, max_col=5)
    ]


def test_a_fresh_workbook_has_nothing_to_change_and_is_left_alone(workbook: Path) -> None:
    before, changed_at = workbook.read_bytes(), workbook.stat().st_mtime_ns
    outcome = refresh(workbook)
    assert outcome.data["changes"] == []
    assert "nothing to change" in outcome.text
    assert workbook.read_bytes() == before
    assert workbook.stat().st_mtime_ns == changed_at
    assert list(workbook.parent.iterdir()) == [workbook]


def test_the_published_totals(workbook: Path) -> None:
    outcome = refresh(workbook)
    assert total(outcome, "Commissioning") == "4654011.00"
    assert total(outcome, "External grants") == "2020226.00"
    assert total(outcome, None) == "6674237.00"


def a_line(book: Workbook) -> None:
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
            "Term": "Short",
            BUDGET: 1000,
        },
    )


def test_an_added_line_appears_everywhere_at_the_place_of_its_order(workbook: Path) -> None:
    excel_user.edit(workbook, a_line)
    outcome = refresh(workbook)
    assert subtotal(outcome, "Victim Services") == "1413614.00"
    assert total(outcome, "Commissioning") == "4655011.00"
    table = printed(workbook)
    assert table[2] == ("Short", "Victim Services", "A new service", "Somebody", 1000)
    assert table[-1] == ("TOTAL", None, None, None, 4655011)
    assert len(table) == 1 + 48 + 1
    summary = openpyxl.load_workbook(workbook, data_only=True)["Summary"]
    assert [row[3].value for row in summary.iter_rows(min_row=23, max_row=23)] == [1413614]


def test_a_deleted_line_leaves_every_table_and_total(workbook: Path) -> None:
    excel_user.edit(workbook, lambda book: excel_user.delete_line(book, "C24-01"))
    outcome = refresh(workbook)
    assert subtotal(outcome, "Victim Services") == "912614.00"
    table = printed(workbook)
    assert table[-1][-1] == 4154011
    assert len(table) == 1 + 46 + 1
    assert all("Victim First" not in row for row in table)


def test_a_line_moved_to_another_block_moves_in_the_tables(workbook: Path) -> None:
    excel_user.edit(
        workbook, lambda book: excel_user.set_cell(book, "C24-19", "Block", "External grants")
    )
    outcome = refresh(workbook)
    assert total(outcome, "Commissioning") == "4496436.00"
    assert total(outcome, "External grants") == "2177801.00"
    assert total(outcome, None) == "6674237.00"
    assert len(printed(workbook)) == 48
    assert printed(workbook, "Grants")[-1][-1] == 2177801


def test_a_table_that_shrinks_leaves_nothing_behind(workbook: Path) -> None:
    def delete_many(book: Workbook) -> None:
        for number in range(20, 30):
            excel_user.delete_line(book, f"C24-{number}")

    excel_user.edit(workbook, delete_many)
    refresh(workbook)
    sheet = openpyxl.load_workbook(workbook)["Table 1"]
    below = [cell for row in sheet.iter_rows(min_row=4 + 37 + 2) for cell in row]
    assert [cell.value for cell in below if cell.value is not None] == []
    assert not [cell.coordinate for cell in below if cell.border.bottom.style]


CHANGES: tuple[Callable[[Workbook], object], ...] = (
    a_line,
    lambda book: excel_user.delete_line(book, "G24-17"),
    lambda book: excel_user.set_cell(book, "C24-01", "Section", "A new section"),
    lambda book: excel_user.set_cell(book, "C24-01", BUDGET, 0.1),
    lambda book: excel_user.set_cell(book, "C24-01", BUDGET, "TBC"),
    lambda book: excel_user.set_cell(book, "C24-01", BUDGET, "#REF!"),
    lambda book: excel_user.add_column(book, "2025/26 Budget", {"C24-01": 5}),
)


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_refreshing_twice_changes_nothing_the_second_time(number: int, workbook: Path) -> None:
    excel_user.edit(workbook, CHANGES[number])
    first = refresh(workbook)
    assert first.data["changes"]
    before = workbook.read_bytes()
    second = refresh(workbook)
    assert second.data["changes"] == []
    assert workbook.read_bytes() == before
    assert second.findings == first.findings


def test_a_section_that_only_a_line_names_is_added(workbook: Path) -> None:
    excel_user.edit(workbook, lambda book: excel_user.set_cell(book, "C24-01", "Section", "Young"))
    outcome = refresh(workbook)
    assert subtotal(outcome, "Young") == "500000.00"
    assert total(outcome, "Commissioning") == "4654011.00"
    sections = excel_user.rows(openpyxl.load_workbook(workbook), "Sections")
    assert sections[-1]["Order"] == 90
    assert (sections[-1]["Block"], sections[-1]["Section"]) == ("Commissioning", "Young")
    assert str(sections[-1][BUDGET]).startswith("=SUMIFS(Lines[")


def test_a_new_year_gets_its_subtotals_and_its_change(workbook: Path) -> None:
    amounts = {"C24-01": 510000, "C24-05": 1}
    excel_user.edit(workbook, lambda book: excel_user.add_column(book, "2025/26 Budget", amounts))
    outcome = refresh(workbook)
    assert total(outcome, "Commissioning", "2025/26 Budget") == "510001.00"
    book = openpyxl.load_workbook(workbook, data_only=True)
    summary = excel_user.rows(book, "Summary")[0]
    assert summary["2025/26 Budget"] == 510001
    assert summary["Change to 2025/26 Budget"] == 510001 - 1412614
    percent = summary["Change to 2025/26 Budget %"]
    assert percent == pytest.approx((510001 - 1412614) / 1412614)
    assert "Share of 2024/25 Budget" not in summary


def drawn(workbook: Path) -> tuple[Series, ...]:
    package = open_package(workbook)
    part = find_chart(package, "xlf_spend_by_section")
    assert part is not None
    return chart_series(package, part)


def test_the_chart_draws_the_sections_with_their_values(workbook: Path) -> None:
    (before,) = drawn(workbook)
    assert before.values_range == "'Summary'!$D$23:$D$30"
    assert before.values[0] == Decimal(1412614)
    type_into(workbook, "Lines", "T5", Decimal(600000))
    type_into(workbook, "Lines", "D23", "A new section")
    refresh(workbook)
    (after,) = drawn(workbook)
    assert after.values_range == "'Summary'!$D$23:$D$31"
    assert after.categories_range == "'Summary'!$C$23:$C$31"
    assert after.values[0] == Decimal(1512614)
    assert ("Commissioning: A new section",) in after.categories
    assert sum(value or 0 for value in after.values) == Decimal(6774237)


def test_a_workbook_without_the_chart_is_refreshed_all_the_same(workbook: Path) -> None:
    excel_user.edit(workbook, a_line)  # openpyxl drops charts
    outcome = refresh(workbook)
    assert [finding.rule for finding in further(outcome.findings)] == ["chart-missing"]
    assert outcome.exit_code == 0


def test_an_entered_section_amount_stays_and_counts(workbook: Path) -> None:
    def enter(book: Workbook) -> None:
        values = {"Order": 90, "Block": "Commissioning", "Section": "Reserve", BUDGET: 25000}
        excel_user.add_row(book, "Sections", values)

    excel_user.edit(workbook, enter)
    outcome = refresh(workbook)
    assert subtotal(outcome, "Reserve") == "25000.00"
    assert total(outcome, "Commissioning") == "4679011.00"
    assert openpyxl.load_workbook(workbook)["Sections"]["D13"].value == 25000


def test_an_entered_amount_beside_lines_is_refused_and_nothing_is_written(workbook: Path) -> None:
    def enter(book: Workbook) -> None:
        book["Sections"]["D5"].value = 1412615

    excel_user.edit(workbook, enter)
    before = workbook.read_bytes()
    outcome = refresh(workbook)
    assert outcome.exit_code == 1
    assert workbook.read_bytes() == before
    (finding,) = [each for each in outcome.findings if each.rule == "section-entered-twice"]
    assert (finding.place.sheet, finding.place.cell) == ("Sections", "D5")
    assert (finding.expected, finding.found, finding.difference) == (
        "1412614.00",
        "1412615.00",
        "1.00",
    )


def test_an_error_in_an_amount_leaves_the_figures_and_says_so_in_checks(workbook: Path) -> None:
    excel_user.edit(workbook, lambda book: excel_user.set_cell(book, "C24-01", BUDGET, "#REF!"))
    before = printed(workbook)
    outcome = refresh(workbook)
    assert outcome.exit_code == 1
    assert printed(workbook) == before
    checks = excel_user.rows(openpyxl.load_workbook(workbook), "Checks")
    assert ("line-amount-error", "error", "Lines", "T5") in [
        (row["Rule"], row["Severity"], row["Sheet"], row["Cell"]) for row in checks
    ]


def test_the_cover_counts_lines_and_findings(workbook: Path) -> None:
    excel_user.edit(workbook, lambda book: excel_user.set_cell(book, "C24-01", BUDGET, "TBC"))
    refresh(workbook)
    cover = openpyxl.load_workbook(workbook, data_only=True)["Cover"]
    counts = {cover.cell(row, 1).value: cover.cell(row, 2).value for row in range(4, 12)}
    assert counts["Budget lines"] == 64
    assert counts["Errors found"] == 1
    assert counts["Warnings found"] == len(OF_2024_25)


def test_a_dry_run_lists_the_changes_and_writes_nothing(workbook: Path) -> None:
    type_into(workbook, "Lines", "T5", Decimal(600000))
    before = workbook.read_bytes()
    outcome = refresh(workbook, dry_run=True)
    assert workbook.read_bytes() == before
    changes = outcome.data["changes"]
    assert isinstance(changes, list)
    wanted = {"sheet": "Sections", "cell": "D5", "before": "1412614", "after": "1512614"}
    assert wanted in changes
    assert "nothing was written" in outcome.text
    assert "Sections: 1 change" in outcome.text
    refresh(workbook)
    assert refresh(workbook).data["changes"] == []


def test_a_users_formula_is_recalculated_when_the_workbook_opens(workbook: Path) -> None:
    type_into(workbook, "Lines", "T5", Decimal(600000))
    refresh(workbook)
    assert openpyxl.load_workbook(workbook).calculation.fullCalcOnLoad


def test_a_layout_that_the_cover_no_longer_names_is_said_to_be_stale(workbook: Path) -> None:
    type_into(workbook, "Cover", "B8", "2024-25-table-1")
    outcome = refresh(workbook)
    assert [(each.rule, each.place.sheet) for each in further(outcome.findings)] == [
        ("layout-not-in-use", "Grants")
    ]


def test_a_layout_that_the_cover_names_anew_gets_its_sheet(tmp_path: Path) -> None:
    workbook = tmp_path / "budget.xlsx"
    new(workbook, edition="2024-25")

    def drop_grants(book: Workbook) -> None:
        del book["Grants"]

    excel_user.edit(workbook, drop_grants)
    outcome = refresh(workbook)
    assert outcome.exit_code == 0
    book = openpyxl.load_workbook(workbook, data_only=True)
    assert book.sheetnames.index("Grants") == book.sheetnames.index("Summary") + 2
    assert printed(workbook, "Grants")[-1][-1] == 2020226


def test_an_unknown_layout_is_an_error_at_its_cell_and_the_others_are_made(workbook: Path) -> None:
    type_into(workbook, "Cover", "B8", "2024-25-table-1, 2024-25-grant, 2024-25-grants")
    outcome = refresh(workbook)
    (finding,) = further(outcome.findings)
    assert (finding.rule, finding.place.sheet, finding.place.cell) == (
        "layout-unknown",
        "Cover",
        "B8",
    )
    assert outcome.exit_code == 1


def test_two_layouts_that_want_one_sheet_are_a_finding_and_the_second_is_not_made(
    workbook: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "templates" / "appendix"
    folder.mkdir(parents=True)
    shipped = find_template("appendix/2024-25-grants.toml")
    assert shipped is not None
    text = shipped.read_text(encoding="utf-8")
    for name in ("dup-a", "dup-b", "dup_a"):
        copied = text.replace('name = "2024-25-grants"', f'name = "{name}"')
        sheet = "Same tab" if name != "dup_a" else "Other tab"
        copied = copied.replace('sheet = "Grants"', f'sheet = "{sheet}"')
        (folder / f"{name}.toml").write_text(copied, encoding="utf-8")
    type_into(workbook, "Cover", "B8", "2024-25-table-1, 2024-25-grants, dup-a, dup-b, dup_a")
    outcome = refresh(workbook, templates=folder.parent)
    clashes = [each for each in outcome.findings if each.rule == "layout-clash"]
    assert [each.found for each in clashes] == ["dup-b", "dup_a"]
    assert outcome.exit_code == 1
    assert openpyxl.load_workbook(workbook).sheetnames.count("Same tab") == 1
    assert refresh(workbook, templates=folder.parent).data["changes"] == []


def test_chart_ranges_without_needless_quotes_are_no_change(workbook: Path) -> None:
    package = open_package(workbook)
    parts = {
        name: data.replace(b"'Summary'!", b"Summary!").replace(b"'Scenarios'!", b"Scenarios!")
        for name, data in package.parts.items()
        if name.startswith("xl/charts/")
    }
    assert parts
    assert any(parts[name] != package.parts[name] for name in parts)
    workbook.write_bytes(package_bytes(package.replacing(parts)))
    before = workbook.read_bytes()
    assert refresh(workbook).data["changes"] == []
    assert workbook.read_bytes() == before


def test_a_chart_that_draws_something_else_is_a_change_like_any_other(workbook: Path) -> None:
    package = open_package(workbook)
    part = find_chart(package, "xlf_spend_by_section")
    assert part is not None
    spoilt = package.parts[part].replace(b"$D$23:$D$30", b"$D$23:$D$25")
    workbook.write_bytes(package_bytes(package.replacing({part: spoilt})))
    changes = refresh(workbook, dry_run=True).data["changes"]
    assert isinstance(changes, list)
    assert [(each["sheet"], each["cell"]) for each in changes] == [("Summary", None)]
    refresh(workbook)
    assert drawn(workbook)[0].values_range == "'Summary'!$D$23:$D$30"
    rows = excel_user.rows(openpyxl.load_workbook(workbook), "Change_log")
    assert [row["After"] for row in rows] == ["chart xlf_spend_by_section"]


def test_a_header_with_a_space_around_it_stops_the_refresh(workbook: Path) -> None:
    def space(book: Workbook) -> None:
        sheet, table = excel_user.table_of(book, "Lines")
        for column in table.tableColumns:
            if column.name == "Section":
                column.name = "Section "
        sheet["D4"].value = "Section "

    excel_user.edit(workbook, space)
    before = workbook.read_bytes()
    outcome = refresh(workbook)
    assert workbook.read_bytes() == before
    assert ("column-missing", "D4") in [(each.rule, each.place.cell) for each in outcome.findings]


def test_words_of_printed_that_match_nothing_are_found(workbook: Path) -> None:
    def say(book: Workbook) -> None:
        for layout, line, column in (
            ("2024-25-table-1", "C24-01", "Project"),
            ("2024-25-Table-1", "C24-02", "Project"),
            ("2024-25-table-1", "C24-99", "Project"),
            ("2024-25-table-1", "C24-03", "24/25 Spend"),
        ):
            values = {"Layout": layout, "Line ID": line, "Column": column, "Text": "Other words"}
            excel_user.add_row(book, "Printed", values)

    excel_user.edit(workbook, say)
    outcome = refresh(workbook)
    found = [each.place.cell for each in outcome.findings if each.rule == "printed-unmatched"]
    assert found == ["A6", "B7", "C8"]
    assert printed(workbook)[1][2] == "Other words"


def test_two_rows_of_printed_for_one_cell_are_found(workbook: Path) -> None:
    def say(book: Workbook) -> None:
        for column, text in (("Project", "One"), ("Project", "Two"), ("Provider", "Three")):
            values = {"Layout": "2024-25-table-1", "Line ID": "C24-01", "Column": column}
            excel_user.add_row(book, "Printed", {**values, "Text": text})

    excel_user.edit(workbook, say)
    found = [each for each in refresh(workbook).findings if each.rule == "printed-twice"]
    assert [(each.severity, each.place.cell, each.found) for each in found] == [
        ("warning", "D6", "Two")
    ]
    assert "rows 5 and 6" in found[0].message
    assert printed(workbook)[1][2] == "Two"


def test_a_year_that_the_cover_does_not_name_is_said(workbook: Path) -> None:
    excel_user.edit(workbook, lambda book: excel_user.add_column(book, "2025/26 Budget", {}))
    found = [each for each in refresh(workbook).findings if each.rule == "year-unlisted"]
    assert [(each.severity, each.expected) for each in found] == [("info", "2025/26 Budget")]
