"""Addresses of cells and ranges, against the ones that openpyxl writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import (
    absolute_coordinate,
    column_index_from_string,
    coordinate_to_tuple,
    get_column_letter,
    range_boundaries,
)

from xlframework.ground.place import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    Place,
    cell_name,
    column_letters,
    column_number,
    parse_cell,
)

ROWS = st.integers(min_value=1, max_value=LAST_ROW)
COLUMNS = st.integers(min_value=1, max_value=LAST_COLUMN)
CORNERS = st.tuples(ROWS, COLUMNS)
AREAS = st.builds(
    lambda one, other: Area(
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[0], other[0]),
        max(one[1], other[1]),
    ),
    CORNERS,
    CORNERS,
)


def test_every_column_of_a_sheet_has_the_letters_that_openpyxl_gives_it() -> None:
    for column in range(1, LAST_COLUMN + 1):
        letters = get_column_letter(column)
        assert column_letters(column) == letters
        assert column_number(letters) == column_number(letters.lower()) == column
    assert column_letters(LAST_COLUMN) == "XFD"
    assert column_index_from_string("XFD") == LAST_COLUMN


@given(ROWS, COLUMNS)
def test_an_address_reads_back_as_it_is_written(row: int, column: int) -> None:
    address = cell_name(row, column)
    assert coordinate_to_tuple(address) == (row, column)
    assert parse_cell(address) == (row, column)
    assert parse_cell(address.lower()) == (row, column)
    assert parse_cell(absolute_coordinate(address)) == (row, column)


@pytest.mark.parametrize("text", ["F12", "$F12", "F$12", "$F$12", "f12", "F012"])
def test_an_address_is_read_with_or_without_dollar_signs(text: str) -> None:
    assert parse_cell(text) == (12, 6)


@pytest.mark.parametrize(
    "text",
    [
        *("", "F", "12", "12F", "F12 ", " F12", "F 12", "F-12", "F1.5", "F12:F14", "F12,F14"),
        *("$$F12", "F$$12", "F12$", "ABCD1", "F12345678", "R1C1", "Lines!F12", "F12\n", "A\u0661"),
        *("\uff2112", "\u00c41"),
    ],
)
def test_what_is_not_an_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a cell address"):
        parse_cell(text)


@pytest.mark.parametrize("text", ["A0", "XFE1", "ZZZ1", "A1048577", "A9999999", "XFE1048577"])
def test_an_address_outside_a_sheet_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="lies outside a sheet"):
        parse_cell(text)


@given(AREAS)
def test_a_range_reads_back_as_it_is_written(area: Area) -> None:
    assert Area.parse(str(area)) == area
    assert Area.parse(absolute_coordinate(str(area))) == area


@given(AREAS)
def test_a_range_has_the_corners_that_openpyxl_gives_it(area: Area) -> None:
    first_column, first_row, last_column, last_row = range_boundaries(str(area))
    assert area == (first_row, first_column, last_row, last_column)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("B3:F12", "B3:F12"),
        ("$B$3:$F$12", "B3:F12"),
        ("F12:B3", "B3:F12"),
        ("F3:B12", "B3:F12"),
        ("b12:f3", "B3:F12"),
        ("B3", "B3"),
        ("B3:B3", "B3"),
        ("A1:XFD1048576", "A1:XFD1048576"),
    ],
)
def test_a_range_is_written_from_its_first_corner_to_its_last(text: str, written: str) -> None:
    assert str(Area.parse(text)) == written


@pytest.mark.parametrize(
    "text", ["", ":", "A1:", ":A1", "A1:B2:C3", "A:F", "1:2", "A1 :B2", "A1,B2"]
)
def test_what_is_not_a_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a cell address"):
        Area.parse(text)


@pytest.mark.parametrize("text", ["A0:B2", "A1:XFE2", "A1:A1048577"])
def test_a_range_outside_a_sheet_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="lies outside a sheet"):
        Area.parse(text)


def test_an_area_holds_its_corners_and_edges_and_nothing_beyond() -> None:
    area = Area.parse("B3:D5")
    around = [(row, column) for row in range(1, 8) for column in range(1, 7)]
    held = [(row, column) for row, column in around if area.holds(row, column)]
    assert held == [(row, column) for row in (3, 4, 5) for column in (2, 3, 4)]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("budget.xlsx"), "budget.xlsx"),
        (Place("budget.xlsx", "Lines"), "budget.xlsx, sheet Lines"),
        (Place("budget.xlsx", "Lines", "F12"), "budget.xlsx, sheet Lines, cell F12"),
        (Place("budget.xlsx", "Lines", "F12:F14"), "budget.xlsx, sheet Lines, cell F12:F14"),
        (Place("lines.csv", None, "line 12"), "lines.csv, line 12"),
    ],
)
def test_a_place_is_said_to_a_person(place: Place, said: str) -> None:
    assert str(place) == said


def test_a_key_of_a_text_file_is_said_as_a_key() -> None:
    assert str(Place("split.toml", None, "key floor")) == "split.toml, key floor"
