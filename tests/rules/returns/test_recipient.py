"""Whom a return was issued to is told from what is left of the form."""

from collections.abc import Mapping

import pytest

from returns_forms import Typed, forms, typed
from rules.returns.returned import (
    MONITORING,
    PLAN,
    against,
    at,
    check,
    healthy,
    returned,
    with_cells,
)
from xlframework.rules.returns.recipient import recipient

CHARNWOOD = {
    "Organisation": "Charnwood District Council",
    "Area": "Charnwood",
    "Area_code": "E07000130",
}


def told(cells: Mapping[str, Typed], form: str = PLAN) -> str | None:
    found = recipient(returned(with_cells(cells, form)), forms()[form], against())
    return None if found is None else found.organisation


def test_an_unchanged_form_is_its_own() -> None:
    assert told({}) == "Blaby District Council"
    assert told({}, MONITORING) == "Freeva"


@pytest.mark.parametrize("name", CHARNWOOD)
def test_one_cell_of_another_partner_does_not_change_that(name: str) -> None:
    assert told({name: CHARNWOOD[name]}) == "Blaby District Council"


def test_two_of_three_with_the_award_do() -> None:
    assert told({**CHARNWOOD, "Award": 89530}) == "Charnwood District Council"


def test_a_council_with_lines_and_an_award_has_a_form_of_each_kind() -> None:
    leicester = {
        "Organisation": "Leicester City Council",
        "Area_code": "E06000016",
        "Area": "Leicester",
    }
    assert told(leicester) == "Leicester City Council"


def test_nothing_that_fits_tells_nobody() -> None:
    gone: dict[str, Typed] = dict.fromkeys((*CHARNWOOD, "Award", "Year"))
    assert told(gone) is None
    assert told({**gone, "Award": 52666, "Year": "2024/25"}) == "Blaby District Council"


def test_the_files_name_helps_where_little_else_is_left() -> None:
    data = typed(
        healthy(), {at(PLAN, "Blaby District Council", name): None for name in (*CHARNWOOD, "Year")}
    )
    named = check(data, file="csp-plan-budget_2024-25_Blaby-District-Council.xlsx")
    assert named.issued is not None
    assert named.issued.organisation == "Blaby District Council"
