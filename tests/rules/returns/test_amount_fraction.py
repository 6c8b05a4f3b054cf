"""Rule `return-amount-fraction`: an amount is in whole pence."""

from decimal import Decimal

import pytest

from rules.returns.returned import at_rule, cell, figures, healthy, only, shape, with_cells

RULE = "return-amount-fraction"


def test_whole_pence_pass() -> None:
    assert at_rule(RULE, healthy()) == ()
    assert at_rule(RULE, with_cells({("Q1", 1): Decimal("5000.10")})) == ()


@pytest.mark.parametrize("amount", ["1200.005", "0.001", "1200.125"])
def test_more_decimals_than_two_are_found(amount: str) -> None:
    (finding,) = only(RULE, with_cells({("Q1", 2): Decimal(amount)}))
    assert shape(finding) == ("error", cell(("Q1", 2)))
    assert figures(finding) == (None, amount, None)
    assert f"more than two decimals ({amount})" in finding.message


def test_several_are_one_finding() -> None:
    third = Decimal("333.3333")
    (finding,) = only(RULE, with_cells({("Q1", 1): third, ("Q2", 1): third, ("Q4", 2): third}))
    assert finding.place.cell == "E13:F13,H14"


def test_other_columns_and_blanks_do_not_disturb_it() -> None:
    data = with_cells({("Outcome measure", 1): Decimal("0.125"), ("Match funding", 2): None})
    assert at_rule(RULE, data) == ()
