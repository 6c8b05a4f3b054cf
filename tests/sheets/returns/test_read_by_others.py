"""Returns that LibreOffice or a library saved are as good as those that Excel saved."""

import re
from collections.abc import Mapping

import pytest
from openpyxl.workbook import Workbook

from office import resave
from returns_forms import (
    BLABYS_PLAN,
    DECLARED,
    MONITORING,
    PLAN,
    by_library,
    monitoring,
    opened,
    plan,
)
from rules.returns.returned import check, healthy, with_cells
from xlframework.ground.place import column_letters
from xlframework.rules.returns.checked import Checked

RETURNS = {
    "plan": plan(),
    "monitoring": monitoring(),
    "year-end": monitoring(period="Year-end"),
    "blank-line": plan([BLABYS_PLAN[0], {}, *BLABYS_PLAN[1:]]),
    "words": with_cells({("Q1", 1): "£1,200", ("Q2", 2): "TBC", ("Priority", 3): "Other"}),
    "replaced": with_cells({("Total", 1): 20000, "Planned": None}),
    "changed": with_cells({"Award": 60000, "Organisation": "Blaby DC"}),
    "above": plan([{**BLABYS_PLAN[0], "Q1": 90000}], DECLARED),
    "spent": with_cells({("Spent Q4", 1): 5, ("Spent Q1", 2): -5}, MONITORING),
}


def found(checked: Checked) -> list[tuple[str, str | None, str | None]]:
    return [(each.rule, each.place.cell, each.difference) for each in checked.findings]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Have LibreOffice open every return and save it again."""
    folder, out = tmp_path_factory.mktemp("sent"), tmp_path_factory.mktemp("saved")
    paths = []
    for name, data in RETURNS.items():
        path = folder / f"{name}.xlsx"
        path.write_bytes(data)
        paths.append(path)
    return {path.stem: path.read_bytes() for path in resave(paths, out)}


@pytest.mark.parametrize("name", RETURNS)
def test_libreoffice_changes_nothing_of_what_is_found(name: str, saved: dict[str, bytes]) -> None:
    assert found(check(saved[name])) == found(check(RETURNS[name]))


@pytest.mark.parametrize("name", RETURNS)
def test_a_library_changes_nothing_of_what_is_found(name: str) -> None:
    assert found(check(by_library(RETURNS[name]))) == found(check(RETURNS[name]))


def test_one_after_the_other_changes_nothing_either(saved: dict[str, bytes]) -> None:
    assert found(check(by_library(saved["words"]))) == found(check(RETURNS["words"]))
    assert found(check(by_library(saved["plan"]))) == []


def without_tables(book: Workbook) -> None:
    """Write every column of the table as a plain range, as an older LibreOffice does."""
    sheet = book["Return"]
    columns = {str(cell.value): column_letters(place) for place, cell in enumerate(sheet[12], 1)}
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = plain(cell.value, cell.row, columns, sheet.max_row)
    sheet.tables.clear()


def plain(formula: str, row: int, columns: Mapping[str, str], last: int) -> str:
    def span(found: re.Match[str]) -> str:
        return f"Return!{columns[found[1]]}{row}:{columns[found[2]]}{row}"

    def one(found: re.Match[str]) -> str:
        return f"{columns[found[1]]}{row}"

    def column(found: re.Match[str]) -> str:
        return f"{columns[found[1]]}$13:{columns[found[1]]}${last}"

    text = re.sub(r"\w+\[\[#This Row\],\[([^\]]+)\]:\[([^\]]+)\]\]", span, formula)
    text = re.sub(r"\w+\[\[#This Row\],\[([^\]]+)\]\]", one, text)
    return re.sub(r"\w+\[([^\]#]+)\]", column, text)


@pytest.mark.parametrize("form", [PLAN, MONITORING])
def test_plain_ranges_are_the_forms_formulas(form: str) -> None:
    data = by_library(healthy(form), without_tables)
    sheet = opened(data)["Return"]
    formulas = [each.value for row in sheet.iter_rows() for each in row if each.data_type == "f"]
    assert len(formulas) > 10
    assert not any("[" in formula for formula in formulas)
    assert [each.rule for each in check(data).findings] == ["return-table-missing"]
