"""Estimates of how tall a row must be for its words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlframework.sheets.change import Wanted
from xlframework.sheets.palette import Look
from xlframework.sheets.row_heights import POINTS_A_LINE, lines_needed, needed_height

TEXT = Look("line", "text")
LONG = "Independent Sexual Violence Adviser service for children and young people"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("Refuge", 20, 1),
        ("one\ntwo", 20, 2),
        ("one\n\nthree", 20, 3),
        ("aaaaaaaa aaaaaaaa", 12, 2),
        ("a" * 25, 12, 3),
    ],
)
def test_words_wrap_onto_as_many_lines_as_they_need(text: str, width: float, lines: int) -> None:
    assert lines_needed(text, width) == lines


@given(st.text(max_size=80), st.floats(min_value=0.5, max_value=100))
def test_a_wider_column_never_needs_more_lines(text: str, width: float) -> None:
    assert 1 <= lines_needed(text, width + 40) <= lines_needed(text, width)


def test_capitals_and_wide_letters_take_more_room() -> None:
    assert lines_needed("MMMMMMMM", 12) > lines_needed("nnnnnnnn", 12)
    assert lines_needed("iiiiiiiiiiiiiiii", 12) < lines_needed("nnnnnnnnnnnnnnnn", 12)


def test_one_line_needs_no_height_of_its_own() -> None:
    assert needed_height([Wanted("Refuge", None, TEXT)], 1, {1: 20}) is None


def test_the_tallest_cell_decides() -> None:
    cells = [Wanted("a\nb\nc", None, TEXT), Wanted("a\nb", None, TEXT), Wanted("a", None, TEXT)]
    assert needed_height(cells, 1, {}) == 3 * POINTS_A_LINE


def test_widths_are_counted_from_the_tables_first_column() -> None:
    cells = [Wanted(LONG, None, TEXT)]
    assert needed_height(cells, 3, {3: 200, 1: 10}) is None
    assert needed_height(cells, 1, {3: 200, 1: 10}) is not None


@pytest.mark.parametrize(
    "cell",
    [
        Wanted(LONG),
        Wanted(LONG, None, Look("title", "text")),
        Wanted(LONG, None, Look("note", "text")),
        Wanted(LONG, None, Look("line", "money")),
        Wanted(Decimal(10**12), None, TEXT),
        Wanted(None, None, TEXT),
    ],
)
def test_what_does_not_wrap_needs_no_height(cell: Wanted) -> None:
    assert needed_height([cell], 1, {1: 10}) is None


@pytest.mark.parametrize("look", [TEXT, Look("header", "money"), Look("total", "text")])
def test_words_in_a_table_and_its_headers_wrap(look: Look) -> None:
    assert needed_height([Wanted(LONG, None, look)], 1, {1: 10}) is not None
