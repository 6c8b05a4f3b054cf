"""Rule `return-amount-text`: an amount is a number and not text."""

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

RULE = "return-amount-text"


@pytest.mark.parametrize("form", ["csp-plan-budget", "monitoring-return"])
def test_numbers_pass(form: str) -> None:
    assert at_rule(RULE, healthy(form)) == ()


@pytest.mark.parametrize(
    ("text", "meant", "fix"),
    [
        ("£1,200", "1200.00", "Type 1200."),
        ("1,200.00\N{NO-BREAK SPACE}", "1200.00", "Type 1200."),
        ("1200 ", "1200.00", "Type 1200."),
        ("1200", "1200.00", "Type 1200."),
        ("1.2k", "1200.00", "Type 1200."),
        ("£ 3.25", "3.25", "Type 3.25."),
    ],
)
def test_text_that_means_an_amount_says_which(text: str, meant: str, fix: str) -> None:
    (finding,) = only(RULE, with_cells({("Q2", 1): text}))
    assert shape(finding) == ("error", cell(("Q2", 1)))
    assert figures(finding)[0] == meant
    assert finding.fix == fix
    assert finding.message.startswith("Q2 of \N{LEFT SINGLE QUOTATION MARK}Burglary target")
    assert finding.message.endswith("so no sum that needs it was checked")


@pytest.mark.parametrize("text", ["TBC", "n/a", "about 500", "1,20", "1200/-", "TRUE"])
def test_words_are_found_and_nothing_is_guessed(text: str) -> None:
    (finding,) = only(RULE, with_cells({("Q2", 1): text}))
    assert figures(finding) == (None, text, None)
    assert "plain number" in finding.fix


def test_nobody_is_told_to_type_an_amount_below_nought() -> None:
    (finding,) = only(RULE, with_cells({("Q2", 1): "(500)"}))
    assert figures(finding)[0] == "-500.00"
    assert "plain number" in finding.fix


def test_one_fault_in_many_cells_is_one_finding_with_a_range() -> None:
    quarters = {(header, row): "TBC" for header in ("Q1", "Q2") for row in (1, 2, 3)}
    (finding,) = only(RULE, with_cells(quarters))
    assert finding.place.cell == "E13:F15"
    assert finding.message.startswith("6 amounts are text, so no sum")


def test_amounts_typed_as_text_are_one_finding_even_where_they_differ() -> None:
    (finding,) = only(RULE, with_cells({("Q1", 1): "£5,000", ("Q3", 1): "£1,000"}))
    assert finding.place.cell == "E13,G13"
    assert figures(finding) == ("5000.00, 1000.00", "£5,000, £1,000", None)
    assert "plain number" in finding.fix


def test_what_is_wrong_in_other_ways_is_told_apart() -> None:
    found = only(RULE, with_cells({("Q1", 1): "£5,000", ("Q1", 2): "TBC", ("Q1", 3): "1.2k"}))
    assert [each.place.cell for each in found] == ["E13", "E14", "E15"]


def test_named_cells_that_hold_money_are_looked_at() -> None:
    (finding,) = only(RULE, with_cells({"Award": "£52,666"}))
    assert shape(finding) == ("error", cell("Award"))
    assert finding.message.startswith("Award is text with a pound sign")


def test_a_blank_a_nought_and_words_in_other_columns_are_no_text() -> None:
    data = with_cells({("Match funding", 1): None, ("Q3", 2): 0, ("Outcome measure", 1): "£5"})
    assert at_rule(RULE, data) == ()


def test_a_budget_and_a_spend_are_amounts_too() -> None:
    data = with_cells({("Budget", 1): "435455 ", ("Spent Q1", 2): "nil"}, MONITORING)
    assert [each.place.cell for each in only(RULE, data)] == ["C13", "D14"]


def test_what_was_filled_in_by_us_is_put_back_and_not_what_was_typed() -> None:
    (award,) = only(RULE, with_cells({"Award": "£50,000"}))
    assert (figures(award)[0], award.fix) == ("52666.00", "Type 52666.")
    (budget,) = only(RULE, with_cells({("Budget", 1): "£1,000"}, MONITORING))
    assert (figures(budget)[0], budget.fix) == ("435455.00", "Type 435455.")
    (alone,) = at_rule(RULE, with_cells({"Award": "£50,000"}), compared=False)
    assert figures(alone)[0] == "50000.00"
