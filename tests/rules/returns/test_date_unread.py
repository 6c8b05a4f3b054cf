"""Rule `return-date-unread`: a date is a day."""

from datetime import date

import pytest
from openpyxl.workbook import Workbook

from rules.returns.returned import (
    at_rule,
    cell,
    edited,
    figures,
    healthy,
    only,
    returned,
    shape,
    with_cells,
)

RULE = "return-date-unread"


def test_a_date_passes() -> None:
    assert at_rule(RULE, healthy()) == ()


@pytest.mark.parametrize(
    "words",
    [
        "22/04/2024",
        "22.4.2024",
        "22 April 2024",
        "22nd Apr 2024",
        "2024-04-22",
        "22/4/24",
        "22.04.24",
    ],
)
def test_a_day_in_words_passes_as_it_is_written_in_this_country(words: str) -> None:
    data = with_cells({"Declared_on": words})
    assert only(RULE, data) == ()
    day = returned(data).fields["Declared_on"].day
    assert day is not None
    assert day.isoformat() == "2024-04-22"


@pytest.mark.parametrize("words", ["April", "31/02/2024", "today", "04/22/2024", "yes"])
def test_what_is_no_day_is_found(words: str) -> None:
    (finding,) = only(RULE, with_cells({"Declared_on": words}))
    assert shape(finding) == ("error", cell("Declared_on"))
    assert figures(finding) == (None, words, None)


def numbered(number: float) -> bytes:
    def change(book: Workbook) -> None:
        book["Return"][cell("Declared_on")] = number
        book["Return"][cell("Declared_on")].number_format = "General"

    return edited(change)


def test_a_date_that_lost_its_look_is_still_a_day() -> None:
    data = numbered(45404)
    assert only(RULE, data) == ()
    assert returned(data).fields["Declared_on"].day == date(2024, 4, 22)


@pytest.mark.parametrize("number", [5, 2024, 20240422, -45404])
def test_another_number_is_no_day(number: int) -> None:
    (finding,) = only(RULE, numbered(number))
    assert finding.place.cell == cell("Declared_on")


def test_a_number_kept_as_words_is_no_day() -> None:
    (finding,) = only(RULE, with_cells({"Declared_on": "45404"}))
    assert finding.place.cell == cell("Declared_on")


def test_a_blank_is_another_rules_business_and_so_are_other_cells() -> None:
    assert at_rule(RULE, with_cells({"Declared_on": None, "Declared_by": "April"})) == ()
