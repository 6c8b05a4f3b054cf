"""The records of a budget: what counts, and where a record says that it stands."""

import pytest

from builders import YEAR, line, section, unread
from xlframework.ground.place import Place
from xlframework.model.budget import Amount, Origin


@pytest.mark.parametrize(
    ("amount", "counted"), [(None, 0), (0, 0), (150, 150), (-150, -150), (unread(), 0)]
)
def test_blank_and_unread_count_as_nothing(amount: Amount, counted: int) -> None:
    assert line("L1", amount).pence(YEAR) == counted


def test_a_year_that_a_line_does_not_have_counts_as_nothing() -> None:
    assert line("L1", 150).pence("1999/00 Budget") == 0


def test_a_record_names_the_cell_under_a_header() -> None:
    assert line(row=7).origin.place(YEAR) == Place("budget.xlsx", "Lines", "I7")
    assert section(row=6).origin.place("Section") == Place("budget.xlsx", "Sections", "C6")


@pytest.mark.parametrize("header", [None, "No such header"])
def test_a_record_names_its_first_cell_otherwise(header: str | None) -> None:
    origin = Origin("budget.xlsx", "Lines", 7, {"Service": 4, "Line ID": 3})
    assert origin.place(header).cell == "C7"


def test_a_record_of_a_text_file_names_its_line() -> None:
    place = Origin("lines.csv", None, 12, {"Line ID": 1}).place("Line ID")
    assert str(place) == "lines.csv, line 12"
