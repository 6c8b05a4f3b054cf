"""Rule `return-outturn-above-budget`: no more is spent than the budget."""

from decimal import Decimal

from rules.returns.returned import (
    MONITORING,
    at_rule,
    cell,
    figures,
    healthy,
    only,
    shape,
    with_cells,
)

RULE = "return-outturn-above-budget"

FORECAST = ("Forecast to year end", 2)
ON_BUDGET = Decimal("88526.50")


def test_lines_on_and_below_budget_pass() -> None:
    assert only(RULE, healthy(MONITORING)) == at_rule(RULE, healthy()) == ()
    assert at_rule(RULE, with_cells({FORECAST: 0}, MONITORING)) == ()


def test_a_penny_above_it_is_found_at_the_outturn() -> None:
    (finding,) = only(RULE, with_cells({FORECAST: ON_BUDGET + Decimal("0.01")}, MONITORING))
    assert shape(finding) == ("warning", cell(("Forecast outturn", 2), MONITORING))
    assert figures(finding) == ("177053.00", "177053.01", "0.01")
    assert "will end £0.01 above its budget" in finding.message


def test_the_outturn_is_worked_out_and_not_read() -> None:
    data = with_cells({("Forecast outturn", 2): 999999}, MONITORING)
    assert at_rule(RULE, data) == ()


def test_amounts_that_cannot_be_read_and_blanks_silence_it() -> None:
    assert at_rule(RULE, with_cells({FORECAST: "900000 or so"}, MONITORING)) == ()
    assert at_rule(RULE, with_cells({("Budget", 2): None}, MONITORING)) == ()


def test_other_cells_do_not_disturb_it() -> None:
    assert at_rule(RULE, with_cells({("Underspend to return", 2): 5}, MONITORING)) == ()
