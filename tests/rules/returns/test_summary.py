"""What a batch comes to: who has returned what, and the money of it."""

from collections.abc import Mapping

import pytest

from returns_forms import (
    BLABY,
    BLABYS_PLAN,
    DECLARED,
    FREEVA,
    LEICESTER,
    MONITORING,
    PLAN,
    Typed,
    at,
    blank,
    issued,
    monitoring,
    plan,
    typed,
)
from rules.returns.summing import checked, summed
from sheets.returns.marking import finding
from xlframework.rules.returns.finding_cells import finding_areas, finding_cells
from xlframework.rules.returns.summary import Group, Summary


def only(summary: Summary) -> Group:
    (group,) = summary.groups
    return group


def test_a_plan_counts_with_the_award_of_the_workbook() -> None:
    data = typed(plan(), {at(PLAN, BLABY, "Award"): 999999})
    standing = only(summed(checked(data, "a.xlsx"))).returned[0]
    assert standing.money.given == issued(PLAN, BLABY).award == 5_266_600
    assert standing.money.used == 5_266_600
    assert standing.money.left == 0
    assert (standing.organisation, standing.area) == (BLABY, "Blaby")


def test_without_a_workbook_the_forms_own_award_counts() -> None:
    data = typed(plan(), {at(PLAN, BLABY, "Award"): 60000})
    group = only(summed(checked(data, "a.xlsx", compared=False), compared=False))
    assert group.returned[0].money.given == 6_000_000
    assert group.returned[0].money.left == 733_400
    assert group.missing == ()


def test_who_has_not_returned_a_plan_is_listed_with_the_award() -> None:
    group = only(summed(checked(plan(), "a.xlsx")))
    assert group.key == (PLAN, "2024/25", "")
    assert len(group.missing) == 8
    assert BLABY not in {each.organisation for each in group.missing}
    (leicester,) = (each for each in group.missing if each.organisation == LEICESTER)
    assert leicester.money.given == issued(PLAN, LEICESTER).award
    assert leicester.money.used is None
    assert leicester.status is None


@pytest.mark.parametrize("cell", ["Q1", "Q4"])
def test_an_amount_that_cannot_be_read_makes_the_sum_unknown(cell: str) -> None:
    data = typed(plan(), {at(PLAN, BLABY, cell): "TBC"})
    money = only(summed(checked(data, "a.xlsx"))).returned[0].money
    assert (money.given, money.used, money.left) == (5_266_600, None, None)


def test_a_cell_that_a_rule_spoils_counts_in_no_sum() -> None:
    data = typed(plan(), {at(PLAN, BLABY, "Q1"): -5})
    assert only(summed(checked(data, "a.xlsx"))).returned[0].money.used is None


def test_a_blank_counts_as_nothing() -> None:
    row: Mapping[str, Typed] = {**BLABYS_PLAN[0], "Q4": None}
    data = plan([row, *BLABYS_PLAN[1:]])
    assert only(summed(checked(data, "a.xlsx"))).returned[0].money.used == 5_266_600 - 466_600


def test_a_monitoring_return_says_what_was_spent_and_what_will_be_left() -> None:
    row = {"Spent Q1": 1000.5, "Spent Q2": 2000, "Forecast to year end": 3000}
    lines = len(issued(MONITORING, FREEVA).lines)
    data = monitoring([row] * lines)
    group = only(summed(checked(data, "a.xlsx")))
    money = group.returned[0].money
    assert group.key == (MONITORING, "2024/25", "Q2")
    assert money.given == issued(MONITORING, FREEVA).award
    assert money.spent == 300_050 * lines
    assert money.forecast == 300_000 * lines
    assert money.used == 600_050 * lines
    assert money.left == money.given - money.used


@pytest.mark.parametrize(("form", "whose"), [(PLAN, BLABY), (MONITORING, FREEVA)])
def test_a_form_that_came_back_empty_forecasts_nothing(form: str, whose: str) -> None:
    group = only(summed(checked(blank(form, whose), "a.xlsx")))
    (standing,) = group.returned
    money = standing.money
    assert standing.status == "rejected"
    assert money.given == issued(form, whose).award
    assert (money.used, money.spent, money.forecast, money.left) == (None, None, None, None)


def test_last_years_plan_does_not_count_for_this_year() -> None:
    old = {at(PLAN, BLABY, "Year"): "2023/24"}
    earlier, this = summed(
        checked(typed(plan(), old), "old.xlsx"), checked(plan(), "new.xlsx")
    ).groups
    assert [earlier.key.year, this.key.year] == ["2023/24", "2024/25"]
    assert ([each.file for each in earlier.returned], earlier.missing) == (["old.xlsx"], ())
    assert [each.file for each in this.returned] == ["new.xlsx"]
    assert len(this.standings) == 9


def test_a_year_that_nobody_can_read_is_the_one_the_form_was_issued_for() -> None:
    data = typed(plan(), {at(PLAN, BLABY, "Year"): "n/a"})
    (first, second) = (checked(data, "a.xlsx"), checked(plan(), "b.xlsx"))
    assert first.about == second.about
    assert only(summed(first)).key.year == "2024/25"


def test_where_no_period_was_chosen_nobody_is_missing() -> None:
    group = only(summed(checked(blank(MONITORING, FREEVA), "a.xlsx")))
    assert group.key == (MONITORING, "2024/25", "")
    assert group.title == "Financial monitoring return (no period chosen)"
    assert group.missing == ()


ROW: Mapping[str, Typed] = {"Spent Q1": 10, "Spent Q2": 20, "Forecast to year end": 30}
LINES = 3


@pytest.mark.parametrize(
    ("period", "header", "known"),
    [
        ("Q2", "Forecast to year end", False),
        ("Q2", "Spent Q1", False),
        ("Q2", "Spent Q3", True),
        ("Q1", "Spent Q2", True),
        ("Mid-year", "Spent Q2", False),
        ("Year-end", "Spent Q4", False),
    ],
)
def test_a_figure_that_is_still_to_come_is_no_underspend(
    period: str, header: str, known: bool
) -> None:
    spent = {"Q1": 1, "Year-end": 4}.get(period, 2)
    row: Mapping[str, Typed] = {f"Spent Q{n}": 10 for n in range(1, spent + 1)}
    row = {**row, "Forecast to year end": 30}
    data = monitoring([row, {**row, header: None}, row], period=period)
    money = only(summed(checked(data, "a.xlsx"))).returned[0].money
    assert (money.used is not None) == known
    assert (money.left is not None) == known


def test_at_year_end_a_blank_forecast_is_nothing_to_come() -> None:
    row: Mapping[str, Typed] = {f"Spent Q{n}": 10 for n in range(1, 5)}
    data = monitoring([row] * LINES, period="Year-end")
    money = only(summed(checked(data, "a.xlsx"))).returned[0].money
    assert (money.used, money.spent, money.forecast) == (12_000, 12_000, 0)


def test_a_line_that_was_taken_out_is_no_underspend() -> None:
    cleared = dict.fromkeys(("Line ID", "Service", "Budget", *ROW))
    data = monitoring([ROW, ROW, cleared])
    assert only(summed(checked(data, "a.xlsx"))).returned[0].money.used is None


def test_a_row_that_adds_the_others_up_is_not_planned_twice() -> None:
    total = {**BLABYS_PLAN[0], "Activity": "Total"}
    money = only(summed(checked(plan([*BLABYS_PLAN, total]), "a.xlsx"))).returned[0].money
    assert money.used is None


def test_each_period_is_a_group_of_its_own() -> None:
    both = [checked(monitoring(period=period), f"{period}.xlsx") for period in ("Q2", "Mid-year")]
    keys = [group.key.period for group in summed(*both).groups]
    assert keys == ["Mid-year", "Q2"]


def test_of_several_the_one_that_counts_is_added_up() -> None:
    first = checked(plan(), "a.xlsx")
    second = checked(plan(fields={**DECLARED, "Declared_by": "B. Treasurer"}), "b.xlsx")
    summary = summed(first, second, counted=["b.xlsx"])
    assert [each.counts for each in summary.received] == [False, True]
    assert [each.file for each in only(summary).returned] == ["b.xlsx"]


def test_a_file_that_is_no_return_is_listed_and_not_added_up() -> None:
    summary = summed(checked(b"Activity,Q1\n", "a.csv"))
    (received,) = summary.received
    assert received.status == "unreadable"
    assert (received.organisation, received.key.year) == ("", "")
    assert summary.groups == ()


def test_rules_are_counted_by_finding_and_by_file_the_worst_first() -> None:
    two = {at(PLAN, BLABY, "Q1"): "TBC", at(PLAN, BLABY, "Q2", 2): "n/a"}
    batch = [checked(typed(plan(), two), f"{name}.xlsx") for name in "ab"]
    summary = summed(*batch)
    (text,) = (each for each in summary.rules if each.rule == "return-amount-text")
    assert text.returns == 2
    assert text.findings == sum(f.rule == "return-amount-text" for f in summary.findings)
    severities = [each.severity for each in summary.rules]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)


def test_the_cells_of_a_finding_are_taken_apart() -> None:
    several = finding("F12:G13,F20")
    assert [str(area) for area in finding_areas(several)] == ["F12:G13", "F20"]
    assert list(finding_cells(several)) == [(12, 6), (12, 7), (13, 6), (13, 7), (20, 6)]
    assert list(finding_cells(finding(None))) == []
    assert list(finding_cells(finding("line 3"))) == []
    assert len(list(finding_cells(finding("A1:XFD1048576")))) == 2000
