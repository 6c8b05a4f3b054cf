"""Rule `return-variance-unexplained`: a large variance has its reason."""

from decimal import Decimal

from returns_forms import Typed
from rules.returns.returned import (
    MONITORING,
    at_rule,
    cell,
    healthy,
    only,
    shape,
    with_cells,
)

RULE = "return-variance-unexplained"

FORECAST, REASON = ("Forecast to year end", 2), ("Reason for variance", 2)
ON_BUDGET = Decimal("88526.50")


def test_lines_on_budget_pass() -> None:
    assert only(RULE, healthy(MONITORING)) == at_rule(RULE, healthy()) == ()


def test_the_threshold_itself_needs_no_reason() -> None:
    for gap in (-1000, 1000):
        data = with_cells({FORECAST: ON_BUDGET + gap}, MONITORING)
        assert at_rule(RULE, data) == ()


def test_an_underspend_beyond_it_is_found_at_the_reason() -> None:
    (finding,) = only(RULE, with_cells({FORECAST: ON_BUDGET - Decimal("1000.01")}, MONITORING))
    assert shape(finding) == ("error", cell(REASON, MONITORING))
    assert "will end £1,000.01 below its budget, and no reason is given" in finding.message


def test_an_overspend_beyond_it_is_found_too() -> None:
    (finding,) = at_rule(RULE, with_cells({FORECAST: ON_BUDGET + 5000}, MONITORING))
    assert "£5,000 above its budget" in finding.message


def test_a_reason_settles_it_and_spaces_are_none() -> None:
    said: dict[tuple[str, int], Typed] = {FORECAST: 0, REASON: "A post was vacant until June."}
    assert at_rule(RULE, with_cells(said, MONITORING)) == ()
    assert len(at_rule(RULE, with_cells({FORECAST: 0, REASON: "  "}, MONITORING))) == 1


def test_several_lines_are_one_finding() -> None:
    cells = {("Forecast to year end", row): 0 for row in (1, 2, 3)}
    (finding,) = only(RULE, with_cells(cells, MONITORING))
    assert finding.place.cell == "L13:L15"
    assert "3 lines will end more than £1,000 above or below" in finding.message


def test_a_blank_forecast_is_not_nought_so_nothing_is_made_of_it() -> None:
    assert at_rule(RULE, with_cells({FORECAST: None}, MONITORING)) == ()
    assert at_rule(RULE, with_cells({("Spent Q2", 2): None, FORECAST: 0}, MONITORING)) == ()


def test_an_amount_that_cannot_be_read_silences_it() -> None:
    assert at_rule(RULE, with_cells({FORECAST: "TBC"}, MONITORING)) == ()
    assert at_rule(RULE, with_cells({("Budget", 2): "lots"}, MONITORING)) == ()
