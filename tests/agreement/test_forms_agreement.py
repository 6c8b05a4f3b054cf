"""LibreOffice works a form's formulas out as we do, empty and filled in."""

from pathlib import Path

import openpyxl

from agreement.recalculation import assert_all_agree
from office import resave
from returns_forms import (
    BLABY,
    BLABYS_PLAN,
    DECLARED,
    FREEVA,
    LEICESTER,
    MONITORING,
    PLAN,
    Typed,
    at,
    blank,
    by_library,
    monitoring,
    on_budget,
    plan,
    typed,
)

# A return that is over budget on one line, under it on another, with pence.
UNEVEN = (
    {"Spent Q1": 100000.5, "Spent Q2": 350000.25, "Forecast to year end": 0},
    {"Spent Q1": 0.01, "Spent Q2": 0.02, "Forecast to year end": 0.03},
    on_budget(37_185_900),
)


def test_libreoffice_agrees_with_every_formula_empty_and_filled_in(tmp_path: Path) -> None:
    above = [*BLABYS_PLAN, {**BLABYS_PLAN[0], "Activity": "One too many", "Q1": 0.1, "Q2": 0.2}]
    made = {
        "empty-plan": blank(PLAN, BLABY),
        "plan": plan(),
        "plan-above-award": plan(above),
        "empty-return": blank(MONITORING, LEICESTER),
        "return": monitoring(),
        "uneven-return": monitoring(UNEVEN),
    }
    paths = []
    for name, data in made.items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(data)
        paths.append(path)
    assert assert_all_agree(paths, tmp_path) == [42, 42, 42, 21, 12, 12]


def test_what_a_person_types_in_libreoffice_is_added_up(tmp_path: Path) -> None:
    cells: dict[str, Typed] = {at(PLAN, BLABY, name): value for name, value in DECLARED.items()}
    for number, row in enumerate(BLABYS_PLAN, start=1):
        cells |= {at(PLAN, BLABY, header, number): value for header, value in row.items()}
    words: dict[str, Typed] = {
        at(MONITORING, FREEVA, "Spent Q1"): "TBC",
        at(MONITORING, FREEVA, "Spent Q2"): 5,
    }
    paths = [tmp_path / "typed.xlsx", tmp_path / "words.xlsx"]
    # Saved by a library, so that no formula has a value and LibreOffice must find each.
    paths[0].write_bytes(by_library(typed(blank(PLAN, BLABY), cells)))
    paths[1].write_bytes(by_library(typed(blank(MONITORING, FREEVA), words)))
    saved, with_words = resave(paths, tmp_path / "saved")
    book = openpyxl.load_workbook(saved, data_only=True)
    sheet = book["Return"]
    assert [sheet[at(PLAN, BLABY, "Total", row)].value for row in (1, 2, 3, 4)] == [
        *(19666, 25000, 8000),
        0,
    ]
    assert sheet[at(PLAN, BLABY, "Planned")].value == 52666
    assert sheet[at(PLAN, BLABY, "Left_of_award")].value == 0
    # The form is still the form: protected, with its names and its hidden parts.
    assert sheet.protection.sheet
    assert book["Lists"].sheet_state == "hidden"
    ((_, cell),) = book.defined_names["Award"].destinations
    assert cell.replace("$", "") == at(PLAN, BLABY, "Award")
    assert sheet.row_dimensions[2].hidden
    assert len(sheet.data_validations.dataValidation) > 5
    # Words where an amount is due leave the totals numbers.
    sheet = openpyxl.load_workbook(with_words, data_only=True)["Return"]
    assert sheet[at(MONITORING, FREEVA, "Spent to date")].value == 5
    assert sheet[at(MONITORING, FREEVA, "Variance")].value == 5 - 435455
