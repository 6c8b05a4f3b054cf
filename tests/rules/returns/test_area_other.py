"""Rule `return-area-other`: a return is for the area that it was issued for."""

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

RULE = "return-area-other"


def test_the_area_that_was_issued_passes() -> None:
    assert only(RULE, healthy()) == only(RULE, healthy(MONITORING)) == ()
    assert only(RULE, with_cells({"Area": " BLABY", "Area_code": "e07000129"})) == ()


def test_another_area_code_is_found_at_its_cell() -> None:
    (finding,) = only(RULE, with_cells({"Area_code": "E07000130"}))
    assert shape(finding) == ("error", cell("Area_code"))
    assert figures(finding) == ("E07000129", "E07000130", None)
    assert finding.message == "the form was issued for another area"


def test_another_name_is_found_at_its_cell() -> None:
    (finding,) = only(RULE, with_cells({"Area": "Charnwood"}))
    assert shape(finding) == ("error", cell("Area"))
    assert figures(finding) == ("Blaby", "Charnwood", None)


def test_a_blank_is_said_to_be_blank() -> None:
    (finding,) = only(RULE, with_cells({"Area_code": None}))
    assert figures(finding) == ("E07000129", None, None)
    assert finding.message == "'Area code' is blank"


def test_an_area_typed_where_none_was_issued_is_found() -> None:
    (finding,) = only(RULE, with_cells({"Area_code": "E07000130"}, MONITORING))
    assert figures(finding) == (None, "E07000130", None)


def test_other_cells_do_not_disturb_it() -> None:
    assert at_rule(RULE, with_cells({("Activity", 1): "Charnwood"})) == ()
    assert at_rule(RULE, with_cells({"Area": "Charnwood"}), compared=False) == ()
