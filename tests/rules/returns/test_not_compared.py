"""Rule `return-not-compared`: a return is compared with a commissioning workbook."""

from rules.returns.returned import MONITORING, at_rule, healthy, only, shape, with_cells

RULE = "return-not-compared"


def test_with_a_workbook_nothing_is_said() -> None:
    assert only(RULE, healthy()) == ()


def test_without_one_it_is_said_once_for_the_whole_file() -> None:
    for form in ("csp-plan-budget", MONITORING):
        (finding,) = only(RULE, healthy(form), compared=False)
        assert shape(finding) == ("info", None)


def test_nothing_that_only_the_workbook_knows_is_found_then() -> None:
    data = with_cells({"Organisation": "Somebody else", "Area_code": "E07000130"})
    assert len(only(RULE, data, compared=False)) == 1


def test_cells_do_not_disturb_it() -> None:
    assert len(at_rule(RULE, with_cells({("Q1", 1): None}), compared=False)) == 1
