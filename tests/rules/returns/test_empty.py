"""Rule `return-empty`: something of the table is filled in."""

import pytest

from returns_forms import BLABY, FREEVA, blank, typed
from rules.returns.returned import MONITORING, PLAN, at_rule, cell, healthy, only, shape

RULE = "return-empty"


@pytest.mark.parametrize(
    ("form", "organisation", "first"), [(PLAN, BLABY, "A13"), (MONITORING, FREEVA, "D13")]
)
def test_a_form_as_it_was_issued_is_said_to_be_empty_and_nothing_else(
    form: str, organisation: str, first: str
) -> None:
    (finding,) = only(RULE, blank(form, organisation))
    assert shape(finding) == ("error", first)


def test_one_cell_is_enough() -> None:
    assert at_rule(RULE, healthy()) == at_rule(RULE, healthy(MONITORING)) == ()
    assert at_rule(RULE, typed(blank(PLAN, BLABY), {cell(("Q1", 1)): 5})) == ()


def test_a_nought_is_something() -> None:
    assert at_rule(RULE, typed(blank(PLAN, BLABY), {cell(("Q1", 1)): 0})) == ()


def test_a_name_at_the_top_fills_in_no_table() -> None:
    data = typed(blank(PLAN, BLABY), {cell("Declared_by"): "A. Treasurer", cell(("Q1", 1)): "  "})
    assert len(at_rule(RULE, data)) == 1
