"""Rule `return-prefilled-changed`: what was filled in when a form was issued is unchanged."""

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

RULE = "return-prefilled-changed"


def test_what_was_issued_passes() -> None:
    assert only(RULE, healthy()) == only(RULE, healthy(MONITORING)) == ()


def test_another_award_is_found_and_the_plan_is_held_against_the_one_issued() -> None:
    (finding,) = only(RULE, with_cells({"Award": 60000}))
    assert shape(finding) == ("error", cell("Award"))
    assert figures(finding) == ("52666.00", "60000.00", "7334.00")


def test_another_budget_is_found_at_its_cell() -> None:
    (finding,) = only(RULE, with_cells({("Budget", 2): 5}, MONITORING))
    assert shape(finding) == ("error", cell(("Budget", 2), MONITORING))
    assert figures(finding) == ("177053.00", "5.00", "-177048.00")
    assert finding.message.endswith("was changed, so no sum that needs it was checked")


def test_another_line_id_is_found_by_its_service() -> None:
    (finding,) = only(RULE, with_cells({("Line ID", 1): "C24-50"}, MONITORING))
    assert shape(finding) == ("error", cell(("Line ID", 1), MONITORING))
    assert figures(finding) == ("C24-05", "C24-50", None)


def test_another_service_is_found_by_its_line_id() -> None:
    (finding,) = only(RULE, with_cells({("Service", 3): "Other work"}, MONITORING))
    assert shape(finding) == ("error", cell(("Service", 3), MONITORING))


def test_a_blank_is_not_nought() -> None:
    (finding,) = at_rule(RULE, with_cells({"Award": None}))
    assert figures(finding) == ("52666.00", None, None)
    assert finding.message.endswith("is blank now")
    (other,) = at_rule(RULE, with_cells({"Award": 0}))
    assert figures(other) == ("52666.00", "0.00", "-52666.00")


def test_without_the_workbook_it_is_not_compared_and_other_cells_do_not_matter() -> None:
    assert at_rule(RULE, with_cells({"Award": 60000}), compared=False) == ()
    assert at_rule(RULE, with_cells({("Match funding", 1): 60000})) == ()


def test_words_that_are_gone_are_said_to_be_gone() -> None:
    (finding,) = only(RULE, with_cells({("Line ID", 1): None}, MONITORING))
    assert finding.message.endswith("is blank now")


def test_below_nought_it_is_held_against_what_was_issued() -> None:
    (finding,) = only(RULE, with_cells({"Award": -5}))
    assert figures(finding) == ("52666.00", "-5.00", "-52671.00")
    (alone,) = at_rule("return-amount-negative", with_cells({"Award": -5}), compared=False)
    assert alone.place.cell == cell("Award")
