"""Rule `return-amount-negative`: an amount is not below nought."""

from rules.returns.returned import at_rule, cell, figures, healthy, only, shape, with_cells

RULE = "return-amount-negative"


def test_amounts_and_noughts_pass() -> None:
    assert at_rule(RULE, healthy()) == ()
    assert at_rule(RULE, with_cells({("Q1", 1): 0})) == ()


def test_what_is_below_nought_is_found_and_silences_the_sums() -> None:
    (finding,) = only(RULE, with_cells({("Q4", 1): -4666}))
    assert shape(finding) == ("error", cell(("Q4", 1)))
    assert figures(finding) == (None, "-4666.00", None)
    assert finding.message.endswith("is below 0, so no sum that needs it was checked")


def test_several_are_one_finding() -> None:
    (finding,) = only(RULE, with_cells({("Q1", 1): -1, ("Q1", 2): -2, ("Q1", 3): -3}))
    assert finding.place.cell == "E13:E15"


def test_what_is_left_may_be_below_nought() -> None:
    data = with_cells({("Q1", 1): 50_000})
    assert at_rule(RULE, data) == ()


def test_a_blank_is_not_below_nought() -> None:
    assert at_rule(RULE, with_cells({("Q1", 1): None, ("Match funding", 1): None})) == ()
