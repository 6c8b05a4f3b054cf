"""Rule `return-partner-unknown`: a return is from a partner of the commissioning workbook."""

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

RULE = "return-partner-unknown"

NOBODY = {"Organisation": "Nowhere Council", "Area": "Nowhere", "Area_code": "E99999999"}


def test_partners_pass() -> None:
    assert at_rule(RULE, healthy()) == at_rule(RULE, healthy(MONITORING)) == ()


def test_a_stranger_is_found_at_its_name() -> None:
    (finding,) = only(RULE, with_cells({**NOBODY, "Award": 52665, ("Q4", 1): 4665}))
    assert shape(finding) == ("error", cell("Organisation"))
    assert figures(finding) == (None, "Nowhere Council", None)
    assert "commissioning.xlsx has no partner of this form" in finding.message


def test_one_thing_that_fits_tells_the_partner() -> None:
    for name in NOBODY:
        others = {each: value for each, value in NOBODY.items() if each != name}
        assert at_rule(RULE, with_cells(others)) == ()


def test_the_lines_of_a_return_tell_its_provider() -> None:
    assert at_rule(RULE, with_cells({"Organisation": "Somebody"}, MONITORING)) == ()


def test_without_a_workbook_nothing_is_said_and_other_cells_do_not_matter() -> None:
    assert at_rule(RULE, with_cells(NOBODY), compared=False) == ()
    assert at_rule(RULE, with_cells({("Provider", 1): "Nowhere Council"})) == ()
