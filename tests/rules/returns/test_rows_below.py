"""Rule `return-rows-below`: nothing stands under the form's table."""

from returns_forms import typed
from rules.returns.returned import MONITORING, at_rule, findings, healthy, only, shape

RULE = "return-rows-below"


def below(cells: dict[str, object], form: str = "csp-plan-budget") -> bytes:
    return typed(healthy(form), cells)  # type: ignore[arg-type]


def test_a_form_passes_with_its_empty_rows_at_the_end() -> None:
    assert at_rule(RULE, healthy()) == at_rule(RULE, healthy(MONITORING)) == ()


def test_what_stands_under_the_table_is_found_in_its_first_cell() -> None:
    (finding,) = only(RULE, below({"A53": "One more activity", "E53": 500}))
    assert shape(finding) == ("error", "A53")
    assert finding.message.startswith("row 53 stands under the table, where no total counts it")


def test_an_amount_alone_is_found_where_it_stands() -> None:
    (finding,) = only(RULE, below({"F55": 0}))
    assert shape(finding) == ("error", "F55")


def test_several_rows_are_one_finding() -> None:
    (finding,) = only(RULE, below({"A53": "Total", "A54": "Thank you", "A56": "x"}))
    assert finding.place.cell == "A53:A54,A56"


def test_a_line_that_was_added_to_a_return_is_found() -> None:
    (finding,) = only(RULE, below({"A16": "C99", "B16": "New", "C16": 5}, MONITORING))
    assert shape(finding) == ("error", "A16")


def test_a_plan_whose_last_rows_stand_below_is_not_called_short() -> None:
    rules = {each.rule for each in findings(below({"A53": "More", "E53": 5, "E13": 0}))}
    assert "return-plan-below-award" not in rules


def test_what_stands_beside_or_above_the_table_and_spaces_are_not_below_it() -> None:
    assert at_rule(RULE, below({"N60": "note", "F11": "note", "A53": "  "})) == ()
