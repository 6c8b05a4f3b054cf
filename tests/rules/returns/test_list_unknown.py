"""Rule `return-list-unknown`: what is chosen stands in the list."""

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

RULE = "return-list-unknown"


@pytest.mark.parametrize("word", ["prevention", " Prevention ", "PREVENTION"])
def test_a_word_of_the_list_passes_whatever_its_case(word: str) -> None:
    assert only(RULE, healthy()) == ()
    assert only(RULE, with_cells({("Priority", 3): word})) == ()


def test_another_word_is_found_and_the_nearest_is_offered() -> None:
    (finding,) = only(RULE, with_cells({("Priority", 1): "Comunity safety"}))
    assert shape(finding) == ("error", cell(("Priority", 1)))
    assert figures(finding) == ("Community Safety", "Comunity safety", None)
    assert finding.fix == "Choose 'Community Safety' from the list, if that is meant."


def test_where_nothing_is_near_the_list_is_read_out() -> None:
    (finding,) = only(RULE, with_cells({("Cost type", 1): "Misc."}))
    assert figures(finding) == (None, "Misc.", None)
    assert "Staffing, Services, Equipment, Publicity, Other" in finding.fix


def test_the_same_word_in_many_rows_is_one_finding() -> None:
    cells = {("Cost type", row): "Overheads" for row in (1, 2, 3)}
    (finding,) = only(RULE, with_cells(cells))
    assert finding.place.cell == "D13:D15"
    assert "3 cells under Cost type hold 'Overheads'" in finding.message


def test_a_period_must_be_one_of_the_list() -> None:
    (finding,) = only(RULE, with_cells({"Period": "Quarter 2"}, MONITORING))
    assert shape(finding) == ("error", cell("Period", MONITORING))


def test_a_blank_is_not_a_wrong_word_and_other_columns_have_no_list() -> None:
    data = with_cells({("Priority", 1): None, ("Provider", 1): "Nobody in particular"})
    assert at_rule(RULE, data) == ()
