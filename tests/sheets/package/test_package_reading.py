"""What we read from a workbook is what openpyxl reads, whoever wrote the workbook."""

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell as TheirCell
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from office import resave
from sheets.package.samples import by_openpyxl, by_openpyxl_again, by_xlsxwriter
from xlframework.ground.place import Area, column_number
from xlframework.sheets.package.container import open_package, read_package
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Book, Cell, ErrorValue, Sheet, Value

WRITERS = {"openpyxl": by_openpyxl, "xlsxwriter": by_xlsxwriter}


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Write the workbooks once; those saved by LibreOffice only when asked for."""
    folder = tmp_path_factory.mktemp("written")
    made = {name: write(folder / f"{name}.xlsx") for name, write in WRITERS.items()}

    def give(name: str) -> Path:
        if name not in made:
            saved = resave([made["openpyxl"], made["xlsxwriter"]], folder / "resaved")
            made["openpyxl, resaved"], made["xlsxwriter, resaved"] = saved
        return made[name]

    return give


EVERY = pytest.mark.parametrize(
    "name", ["openpyxl", "xlsxwriter", "openpyxl, resaved", "xlsxwriter, resaved"]
)


def both(path: Path, *, values: bool = False) -> tuple[Book, openpyxl.Workbook]:
    data = path.read_bytes()
    return read_book(read_package(data, path.name)), by_openpyxl_again(data, values=values)


def their_value(value: Any, epoch: dt.datetime = CALENDAR_WINDOWS_1900) -> Value:
    """Turn a value as openpyxl gives it into ours."""
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        value = to_excel(value, epoch)  # type: ignore[no-untyped-call]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return Decimal(repr(value))
    return str(value)


def same(ours: Value, theirs: Value) -> bool:
    if isinstance(ours, Decimal) and isinstance(theirs, Decimal):
        # openpyxl makes a date of a number and loses what lies below a microsecond.
        return abs(ours - theirs) < Decimal("1e-9") * max(Decimal(1), abs(ours))
    if isinstance(ours, ErrorValue):
        return ours.code == theirs
    return ours == theirs


def their_formula(value: Any) -> str | None:
    if isinstance(value, ArrayFormula):
        value = value.text
    is_formula = isinstance(value, str) and value.startswith("=")
    return value.removeprefix("=") if is_formula else None


def cells_with_content(sheet: Worksheet) -> dict[tuple[int, int], TheirCell]:
    return {
        (cell.row, cell.column): cell
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, TheirCell) and cell.value is not None
    }


def filled(sheet: Sheet) -> dict[tuple[int, int], Cell]:
    return {
        place: cell
        for place, cell in sheet.cells.items()
        if cell.value is not None or cell.formula is not None
    }


@EVERY
def test_constants_formulas_and_styles_agree(name: str, workbooks: Callable[[str], Path]) -> None:
    ours, theirs = both(workbooks(name))
    assert [sheet.name for sheet in ours.sheets] == [sheet.title for sheet in theirs.worksheets]
    compared = 0
    styles: set[tuple[int, int]] = set()
    for sheet in ours.sheets:
        expected = cells_with_content(theirs[sheet.name])
        assert set(filled(sheet)) == set(expected)
        for place, cell in filled(sheet).items():
            their_cell = expected[place]
            styles.add((cell.style, their_cell.style_id))
            formula = their_formula(their_cell.value)
            assert cell.formula == formula, place
            if formula is None:
                assert same(cell.value, their_value(their_cell.value)), place
            compared += 1
    assert compared > 15
    assert len(styles) > 2
    # LibreOffice writes some styles twice, which openpyxl then counts as one.
    assert len({one for one, _ in styles}) == len(styles)
    assert "resaved" in name or all(one == other for one, other in styles)


@EVERY
def test_stored_results_agree(name: str, workbooks: Callable[[str], Path]) -> None:
    ours, theirs = both(workbooks(name), values=True)
    results = [
        (cell.value, their_value(theirs[sheet.name].cell(*place).value))
        for sheet in ours.sheets
        for place, cell in sheet.cells.items()
        if cell.formula is not None
    ]
    assert len(results) >= 2
    assert all(same(one, other) for one, other in results), results
    if name != "openpyxl":  # which stores none
        assert None not in [value for value, _ in results]


@EVERY
def test_dates_are_known_by_their_style(name: str, workbooks: Callable[[str], Path]) -> None:
    ours, theirs = both(workbooks(name))
    numbers = dates = 0
    for sheet in ours.sheets:
        for place, cell in filled(sheet).items():
            their_cell: Any = theirs[sheet.name].cell(*place)
            if isinstance(cell.value, Decimal) and cell.formula is None:
                assert (cell.style in ours.date_styles) == their_cell.is_date, place
                numbers += 1
                dates += their_cell.is_date
    assert dates >= 2
    assert numbers > dates


@EVERY
def test_tables_merges_and_what_is_hidden_agree(
    name: str, workbooks: Callable[[str], Path]
) -> None:
    ours, theirs = both(workbooks(name))
    for sheet in ours.sheets:
        other = theirs[sheet.name]
        assert sheet.visibility == other.sheet_state
        assert {str(area) for area in sheet.merged} == {str(r) for r in other.merged_cells.ranges}
        assert sheet.hidden_rows == {n for n, row in other.row_dimensions.items() if row.hidden}
        assert sheet.hidden_columns == {
            column_number(letters)
            for letters, column in other.column_dimensions.items()
            if column.hidden
        }
        tables = [table for table in ours.tables if table.sheet == sheet.name]
        assert {table.name: str(table.area) for table in tables} == {
            table.displayName: table.ref for table in other.tables.values()
        }
    assert len(ours.tables) == 1
    headers = theirs["Lines"][1]
    assert ours.tables[0].columns == tuple(cell.value for cell in headers[:3])


@EVERY
def test_names_and_validations_agree(name: str, workbooks: Callable[[str], Path]) -> None:
    ours, theirs = both(workbooks(name))
    wide = {one.name: one.refers_to for one in ours.names if one.sheet is None}
    assert wide == {key: one.attr_text for key, one in theirs.defined_names.items()}
    assert "Pot" in wide
    for sheet in ours.sheets:
        other = theirs[sheet.name]
        expected = [
            (rule.type, {str(cells) for cells in rule.sqref.ranges}, rule.formula1)
            for rule in other.data_validations.dataValidation
        ]
        assert [
            (rule.kind, {str(area) for area in rule.areas}, rule.formula)
            for rule in sheet.validations
        ] == expected
    assert len(ours.sheets[0].validations) == 1


def test_a_name_of_one_sheet_is_its_own_even_behind_a_chart_sheet(
    workbooks: Callable[[str], Path],
) -> None:
    by_name = {one.name: one for one in read_book(open_package(workbooks("xlsxwriter"))).names}
    # The print area belongs to the fourth tab; the third is a chart sheet, which we skip.
    assert by_name["_xlnm.Print_Area"].sheet == "Last"
    local = {one.name: one for one in read_book(open_package(workbooks("openpyxl"))).names}["Local"]
    assert (local.sheet, local.hidden) == ("It's other", True)


def test_comments_charts_and_sparklines_hold_on_to_their_cells(
    workbooks: Callable[[str], Path],
) -> None:
    sheet = read_book(open_package(workbooks("xlsxwriter"))).sheets[0]
    assert Area.parse("A3") in sheet.occupied
    assert Area.parse("F2") in sheet.occupied
    charts = [area for area in sheet.occupied if area.first_column == 8]
    assert [str(area) for area in charts] == ["H2:O16"]
    assert len(sheet.occupied) == 3


def test_empty_cells_count_only_near_a_table(workbooks: Callable[[str], Path]) -> None:
    cells = read_book(open_package(workbooks("openpyxl"))).sheets[0].cells
    assert cells[4, 3].value is None
    assert cells[4, 3].style > 0
    assert (9, 1) in cells
    assert (3, 6) not in cells


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufffe\uffff\x7f").filter(
        lambda c: c >= " " or c in "\t\n"
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: not text.startswith("=") and "_x" not in text)
contents = st.one_of(
    texts,
    st.integers(-(10**15), 10**15),
    st.floats(-1e300, 1e300),
    st.booleans(),
    st.none(),
    st.builds(
        dt.datetime.combine,
        st.dates(dt.date(1904, 2, 1), dt.date(2100, 1, 1)),
        st.times().map(lambda clock: clock.replace(microsecond=0)),
    ),
    st.sampled_from(["=A1+1", '="x"&B2', "=SUM(A:A)", "=Sheet!$A$1"]),
)


@given(
    cells=st.dictionaries(
        st.tuples(st.integers(1, 40), st.integers(1, 30)), contents, min_size=1, max_size=25
    ),
    mac=st.booleans(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_content_reads_as_openpyxl_reads_it(
    cells: dict[tuple[int, int], Any], mac: bool
) -> None:
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    for (row, column), value in cells.items():
        sheet.cell(row, column).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    ours = read_book(read_package(buffer.getvalue(), "random.xlsx"))
    theirs = by_openpyxl_again(buffer.getvalue())
    assert ours.date_1904 == mac
    expected = cells_with_content(theirs["Sheet"])
    assert set(ours.sheets[0].cells) == set(expected)
    for place, cell in ours.sheets[0].cells.items():
        value = expected[place].value
        assert not isinstance(value, DataTableFormula)
        assert cell.formula == their_formula(value)
        assert (cell.style in ours.date_styles) == expected[place].is_date
        if cell.formula is None:
            assert same(cell.value, their_value(value, theirs.epoch)), place
