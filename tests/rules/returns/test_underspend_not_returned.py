"""Rule `return-underspend-not-returned`: at year end what is left over is returned."""

from decimal import Decimal

from returns_forms import Typed
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

RULE = "return-underspend-not-returned"


def at_year_end(spent: float = 177053, back: Typed = None, period: str = "Year-end") -> bytes:
    """Give a year-end return whose second line spent so much and returns so much."""
    cells: dict[tuple[str, int], Typed] = {}
    budgets = (435455, 177053, 371859)
    for row, budget in enumerate(budgets, start=1):
        cells |= {(f"Spent Q{quarter}", row): 0 for quarter in (1, 2, 3)}
        cells |= {("Spent Q4", row): budget, ("Forecast to year end", row): 0}
    cells |= {
        ("Spent Q4", 2): spent,
        ("Underspend to return", 2): back,
        ("Reason for variance", 2): "One post was vacant.",
    }
    return with_cells({"Period": period, **cells}, MONITORING)


def test_all_spent_and_nothing_returned_passes() -> None:
    assert only(RULE, at_year_end()) == only(RULE, at_year_end(back=0)) == ()
    assert at_rule(RULE, healthy()) == at_rule(RULE, healthy(MONITORING)) == ()


def test_what_is_left_over_and_not_returned_is_found_at_its_cell() -> None:
    (finding,) = only(RULE, at_year_end(spent=170000))
    assert shape(finding) == ("error", cell(("Underspend to return", 2), MONITORING))
    assert figures(finding) == ("7053.00", "0.00", "-7053.00")
    assert "has £7,053 left over, and returns nothing" in finding.message
    assert finding.fix == "Type 7053.00, which is the budget less the outturn."


def test_the_whole_of_it_is_due_to_the_penny() -> None:
    assert only(RULE, at_year_end(spent=170000, back=7053)) == ()
    (finding,) = only(RULE, at_year_end(spent=170000, back=Decimal("7052.99")))
    assert figures(finding) == ("7053.00", "7052.99", "-0.01")


def test_nothing_is_due_of_an_overspend() -> None:
    assert at_rule(RULE, at_year_end(spent=180000, back=0)) == ()
    (finding,) = at_rule(RULE, at_year_end(spent=180000, back=5))
    assert "has nothing left over, and returns £5" in finding.message


def test_before_the_year_is_over_nothing_is_due() -> None:
    assert at_rule(RULE, at_year_end(spent=170000, period="Q4")) == ()
    assert at_rule(RULE, at_year_end(spent=170000, period="")) == ()


def test_an_amount_that_cannot_be_read_silences_it_and_is_said_once() -> None:
    assert at_rule(RULE, at_year_end(spent=170000, back="all of it")) == ()


def test_a_blank_quarter_is_not_nought() -> None:
    blank = with_cells({"Period": "Year-end"}, MONITORING)
    assert at_rule(RULE, blank) == ()
