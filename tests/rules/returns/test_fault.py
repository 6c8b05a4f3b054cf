"""One bad cell gives one finding, and one fault in many cells gives one finding with a range."""

from collections.abc import Sequence

import pytest

from xlframework.model.catalogue import Catalogue, Rule
from xlframework.rules.returns.fault import Fault, as_findings, cells_text

CATALOGUE = Catalogue(rule={"a-rule": Rule(title="T", severity="error", why="W.", fix="Do it.")})


def fault(row: int, column: int = 5, together: str = "{cells} amounts are words") -> Fault:
    return Fault(f"row {row} holds words", "Return", row, column, together, found=f"x{row}")


def findings(faults: Sequence[Fault]) -> list[tuple[str | None, str, str | None]]:
    made = as_findings("a-rule", "r.xlsx", faults, CATALOGUE)
    return [(each.place.cell, each.message, each.found) for each in made]


def test_a_fault_alone_speaks_of_its_cell() -> None:
    assert findings([fault(12)]) == [("E12", "row 12 holds words", "x12")]


def test_the_same_fault_in_many_cells_is_one_finding_with_a_range() -> None:
    assert findings([fault(row) for row in range(12, 32)]) == [
        ("E12:E31", "20 amounts are words", "x12, x13, x14, ...")
    ]


def test_faults_that_stand_by_themselves_stay_apart() -> None:
    assert len(findings([fault(12, together=""), fault(13, together="")])) == 2


def test_other_texts_sheets_and_advice_are_other_findings() -> None:
    other = Fault("m", "Return", 13, 5, "{cells} amounts are words", fix="Type 0.")
    assert len(findings([fault(12), other, fault(14, together="{cells} others")])) == 3


def test_a_fault_of_the_whole_file_names_no_cell() -> None:
    assert findings([Fault("it holds macros")]) == [(None, "it holds macros", None)]


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ([(12, 6)], "F12"),
        ([(12, 6), (13, 6), (14, 6)], "F12:F14"),
        ([(20, 6), (12, 6)], "F12,F20"),
        ([(12, 6), (13, 6), (20, 6)], "F12:F13,F20"),
        ([(12, 6), (12, 7), (12, 8)], "F12:H12"),
        ([(12, 6), (13, 6), (12, 7), (13, 7)], "F12:G13"),
        ([(12, 6), (12, 9)], "F12,I12"),
        ([(12, 6), (12, 6)], "F12"),
        ([(12, 6), (13, 7)], "F12,G13"),
    ],
)
def test_cells_are_written_as_a_person_would(cells: list[tuple[int, int]], text: str) -> None:
    assert cells_text([fault(row, column) for row, column in cells]) == text
