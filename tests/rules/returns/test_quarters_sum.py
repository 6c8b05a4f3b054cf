"""Rule `return-quarters-sum`: a row's total is the sum of its quarters."""

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

RULE = "return-quarters-sum"


def test_the_forms_own_totals_pass_whatever_is_stored_with_them() -> None:
    assert only(RULE, healthy()) == only(RULE, healthy(MONITORING)) == ()
    # The stored total of row 1 is the old one now; the form's formula stands there still.
    assert at_rule(RULE, with_cells({("Q1", 1): 1})) == ()


def test_an_overwritten_total_is_found_with_the_difference() -> None:
    (finding,) = only(RULE, with_cells({("Total", 1): 20000}))
    assert shape(finding) == ("error", cell(("Total", 1)))
    assert figures(finding) == ("19666.00", "20000.00", "334.00")
    assert finding.message.endswith("is not the sum of its quarters")


@pytest.mark.parametrize("text", ["£20,000", "20000 "])
def test_a_total_in_words_is_compared_too(text: str) -> None:
    (finding,) = only(RULE, with_cells({("Total", 1): text}))
    assert figures(finding) == ("19666.00", "20000.00", "334.00")


def test_spent_to_date_is_the_sum_of_the_quarters_that_were_spent() -> None:
    (finding,) = only(RULE, with_cells({("Spent to date", 2): 0}, MONITORING))
    assert shape(finding) == ("error", cell(("Spent to date", 2), MONITORING))
    assert figures(finding) == ("88526.50", "0.00", "-88526.50")


def test_a_quarter_that_cannot_be_read_silences_it() -> None:
    data = with_cells({("Total", 1): 20000, ("Q1", 1): "TBC"})
    assert at_rule(RULE, data) == ()


def test_a_blank_quarter_counts_as_nought_and_a_blank_total_is_no_nought() -> None:
    assert at_rule(RULE, with_cells({("Total", 3): 8000, ("Q1", 3): None})) == ()
    assert at_rule(RULE, with_cells({("Total", 1): None})) == ()


def test_other_columns_do_not_disturb_it() -> None:
    assert at_rule(RULE, with_cells({("Match funding", 1): 10**6})) == ()


def test_the_same_in_many_rows_is_one_finding() -> None:
    (finding,) = only(RULE, with_cells({("Total", 1): 5, ("Total", 2): 5, ("Total", 3): 7}))
    assert finding.place.cell == "I13:I15"
    assert finding.message == "3 cells under Total are not the sums of their quarters"
    assert figures(finding) == (
        "19666.00, 25000.00, 8000.00",
        "5.00, 7.00",
        "-19661.00, -24995.00, -7993.00",
    )
