"""What `Checks`, the drop-down lists and the Cover's counts are to hold."""

from dataclasses import replace
from decimal import Decimal

import pytest

from builders import (
    budget,
    catalogue,
    line,
    section,
    snapshot,
    workbook_spec,
)
from xlframework.ground.finding import Finding
from xlframework.ground.place import Place
from xlframework.model.budget import Budget
from xlframework.sheets.change import WantedCell
from xlframework.sheets.checks_sheet import wanted_checks
from xlframework.sheets.palette import Look
from xlframework.sheets.settings_cells import wanted_counts, wanted_lists


def finding(rule: str, message: str = "it is so") -> Finding:
    return catalogue().finding(rule, Place("f.xlsx", "Lines", "B5"), message, found="x")


def test_the_headers_of_checks_are_those_of_the_declaration() -> None:
    names = tuple(column.name for column in wanted_checks([]).columns)
    assert names == workbook_spec().table("Checks").headers


def test_without_findings_there_is_one_empty_row() -> None:
    (row,) = wanted_checks([]).rows
    assert {cell.value for cell in row} == {None}


def test_a_finding_fills_its_row_and_begins_with_a_capital() -> None:
    (row,) = wanted_checks([finding("line-order-missing")]).rows
    assert [cell.value for cell in row[:8]] == [
        "line-order-missing",
        "warning",
        "Lines",
        "B5",
        "It is so",
        None,
        "x",
        None,
    ]
    assert row[8].value == catalogue().rule["line-order-missing"].fix


def test_the_worst_stand_first_and_otherwise_their_order_is_kept() -> None:
    found = [
        finding("line-order-missing", "1"),
        finding("line-id-missing", "2"),
        finding("line-order-duplicate", "3"),
        finding("line-area-unknown", "4"),
    ]
    assert [row[4].value for row in wanted_checks(found).rows] == ["2", "4", "1", "3"]


@pytest.mark.parametrize(
    ("rule", "look"),
    [("line-id-missing", Look("bad", "text")), ("line-order-missing", Look("warning", "text"))],
)
def test_only_the_severity_is_coloured(rule: str, look: Look) -> None:
    (row,) = wanted_checks([finding(rule)]).rows
    assert [cell.look for cell in row if cell.look != Look("line", "text")] == [look]
    assert row[1].look == look


def counts(one: Budget, *findings: Finding) -> dict[str, WantedCell]:
    cells = {(cell.sheet, cell.row, cell.column): cell for cell in _counts(one, findings)}
    names = snapshot().names
    return {
        name: cells[each.sheet.name, each.row, each.column]
        for name, each in names.items()
        if (each.sheet.name, each.row, each.column) in cells
    }


def _counts(one: Budget, findings: tuple[Finding, ...]) -> list[WantedCell]:
    return list(wanted_counts(snapshot(), workbook_spec(), one, findings))


def test_the_cover_counts_lines_errors_and_warnings_with_live_formulas() -> None:
    found = (finding("line-id-missing"), finding("line-order-missing"), finding("no-lines"))
    cells = counts(budget([line("L1"), line("", row=6), line("L3")]), *found)
    assert {name: cell.wanted.value for name, cell in cells.items()} == {
        "Line_count": Decimal(2),
        "Error_count": Decimal(1),
        "Warning_count": Decimal(2),
    }
    assert cells["Line_count"].wanted.formula == "COUNTA(Lines[Line ID])"


def test_a_count_whose_cell_is_gone_is_not_written() -> None:
    names = {name: cell for name, cell in snapshot().names.items() if name != "Line_count"}
    fewer = replace(snapshot(), names=names)
    assert len(list(wanted_counts(fewer, workbook_spec(), budget(), ()))) == 2


def lists(one: Budget) -> dict[str, list[object]]:
    """Give the wanted words of each generated list, top down."""
    wanted = list(wanted_lists(snapshot(), workbook_spec(), one))
    found: dict[str, list[object]] = {}
    for name in ("List_block", "List_section"):
        column = snapshot().names[name].column
        found[name] = [cell.wanted.value for cell in wanted if cell.column == column]
    return found


def test_lists_follow_the_sections_in_printed_order_and_name_each_once() -> None:
    sections = [
        section(f"Section {number}", order=90 - number, block=f"Block {number % 2}")
        for number in range(10)
    ]
    found = lists(budget([], [*sections, section("Section 3", order=99, block="Block 0")]))
    assert found["List_block"][:2] == ["Block 1", "Block 0"]
    assert found["List_section"][0] == "Section 9"
    assert len(set(found["List_section"])) == len(found["List_section"]) == 10


def test_words_that_are_no_longer_there_are_cleared() -> None:
    found = lists(budget([], [section("Only")]))
    assert found["List_section"][0] == "Only"
    assert len(found["List_section"]) > 1
    assert set(found["List_section"][1:]) == {None}


def test_a_section_without_a_name_is_offered_nowhere() -> None:
    found = lists(budget([], [section(""), section("Only", order=20)]))
    assert found["List_section"][0] == "Only"


def test_a_list_of_the_teams_own_is_left_alone() -> None:
    column = snapshot().names["List_term"].column
    cells = wanted_lists(snapshot(), workbook_spec(), budget([], [section()]))
    assert column not in {cell.column for cell in cells}
