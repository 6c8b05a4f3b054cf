"""Rule `return-small-grant`: a small grant stays below its limit."""

from decimal import Decimal

import pytest

from rules.returns.returned import at_rule, cell, figures, healthy, only, shape, with_cells

RULE = "return-small-grant"


def test_what_is_not_called_a_small_grant_may_be_large() -> None:
    assert only(RULE, healthy()) == ()
    assert at_rule(RULE, with_cells({("Activity", 2): "A grant, not so small"})) == ()


@pytest.mark.parametrize("name", ["Small grants scheme", "small grant to a club", "SMALL GRANTS"])
def test_a_small_grant_at_the_limit_or_above_it_is_found_at_its_total(name: str) -> None:
    (finding,) = only(RULE, with_cells({("Activity", 2): name}))
    assert shape(finding) == ("warning", cell(("Total", 2)))
    assert figures(finding) == (None, "25000.00", None)
    assert "small grants stay below £20,000" in finding.message


def test_the_limit_itself_is_too_much_and_a_penny_less_is_not() -> None:
    name = {("Activity", 2): "Small grants"}
    at_limit = {("Q4", 2): Decimal("1249.25")}
    below = {("Q4", 2): Decimal("1249.24")}
    assert len(at_rule(RULE, with_cells({**name, **at_limit}))) == 1
    assert at_rule(RULE, with_cells({**name, **below})) == ()


def test_an_amount_that_cannot_be_read_silences_it_and_a_blank_is_nought() -> None:
    assert at_rule(RULE, with_cells({("Activity", 2): "Small grants", ("Q1", 2): "TBC"})) == ()
    assert (
        len(
            at_rule(RULE, with_cells({("Activity", 2): "Small grants", ("Match funding", 2): None}))
        )
        == 1
    )


def test_the_outcome_does_not_call_it_one() -> None:
    assert at_rule(RULE, with_cells({("Outcome measure", 2): "ten small grants"})) == ()
