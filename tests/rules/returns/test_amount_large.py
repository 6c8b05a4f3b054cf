"""Rule `return-amount-large`: an amount is of a sensible size."""

import pytest

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

RULE = "return-amount-large"


def test_usual_amounts_and_the_limit_itself_pass() -> None:
    assert at_rule(RULE, healthy()) == ()
    assert at_rule(RULE, with_cells({("Q1", 1): 2_000_000})) == ()


@pytest.mark.parametrize("amount", [2_000_000.01, 50005000, 10**20, -3_000_000])
def test_what_no_award_reaches_is_found(amount: float) -> None:
    (finding,) = only(RULE, with_cells({("Q1", 1): amount}))
    assert shape(finding) == ("error", cell(("Q1", 1)))
    assert "larger than £2,000,000, which is hardly meant" in finding.message
    assert figures(finding)[0] is None


def test_every_form_has_its_own_limit() -> None:
    data = with_cells({("Spent Q1", 1): 2_000_001}, MONITORING)
    assert at_rule(RULE, data) == ()
    (finding,) = at_rule(RULE, with_cells({("Spent Q1", 1): 20_000_001}, MONITORING))
    assert finding.place.cell == "D13"


def test_other_columns_and_blanks_do_not_disturb_it() -> None:
    data = with_cells({("Outcome measure", 1): 9_000_000, ("Match funding", 1): None})
    assert at_rule(RULE, data) == ()
