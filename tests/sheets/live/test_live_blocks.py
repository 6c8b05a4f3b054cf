"""Cells are put together into rectangles that hold just those cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlframework.ground.place import LAST_COLUMN, LAST_ROW, Area
from xlframework.sheets.live.blocks import rectangles, row_runs
from xlframework.sheets.package.ranges import area_of

_CELLS = st.sets(st.tuples(st.integers(1, 8), st.integers(1, 8)))


@given(_CELLS)
def test_every_cell_is_covered_once_and_no_other(cells: set[tuple[int, int]]) -> None:
    covered = [
        (row, column)
        for area in rectangles(cells)
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
    ]
    assert sorted(covered) == sorted(cells)


@given(st.integers(1, 20), st.integers(1, 20), st.integers(1, 30), st.integers(1, 30))
def test_a_full_rectangle_is_one(top: int, left: int, height: int, width: int) -> None:
    cells = [(top + row, left + column) for row in range(height) for column in range(width)]
    assert list(rectangles(reversed(cells))) == [
        Area(top, left, top + height - 1, left + width - 1)
    ]


def test_rows_of_other_columns_are_rectangles_of_their_own() -> None:
    cells = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (5, 1), (5, 2)]
    assert sorted(rectangles(cells)) == [Area(1, 1, 2, 2), Area(3, 1, 3, 1), Area(5, 1, 5, 2)]


def test_rows_are_put_together_into_stretches() -> None:
    assert sorted(row_runs({7, 3, 4, 5, 9})) == [(3, 5), (7, 7), (9, 9)]


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("$A$1:$D$9", Area(1, 1, 9, 4)),
        ("$B$2", Area(2, 2, 2, 2)),
        ("$A:$D", Area(1, 1, LAST_ROW, 4)),
        ("$3:$5", Area(3, 1, 5, LAST_COLUMN)),
    ],
)
def test_an_address_as_excel_gives_it(address: str, area: Area) -> None:
    assert area_of(address) == area
