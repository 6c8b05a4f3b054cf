"""Rule `return-organisation-other`: a return is from the organisation that it was issued to."""

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

RULE = "return-organisation-other"


def test_the_organisation_that_was_issued_passes() -> None:
    assert only(RULE, healthy()) == only(RULE, healthy(MONITORING)) == ()
    assert only(RULE, with_cells({"Organisation": "blaby  district council"})) == ()


def test_another_organisation_is_found_at_its_cell() -> None:
    (finding,) = only(RULE, with_cells({"Organisation": "Charnwood District Council"}))
    assert shape(finding) == ("error", cell("Organisation"))
    assert figures(finding) == ("Blaby District Council", "Charnwood District Council", None)


def test_a_provider_is_known_by_its_lines() -> None:
    (finding,) = only(RULE, with_cells({"Organisation": "Free Va"}, MONITORING))
    assert figures(finding) == ("Freeva", "Free Va", None)


def test_a_blank_is_said_to_be_blank() -> None:
    (finding,) = only(RULE, with_cells({"Organisation": None}))
    assert finding.message == "'Organisation' is blank"


def test_other_cells_do_not_disturb_it() -> None:
    assert at_rule(RULE, with_cells({("Provider", 1): "Charnwood District Council"})) == ()
    assert at_rule(RULE, with_cells({"Organisation": "X"}), compared=False) == ()
