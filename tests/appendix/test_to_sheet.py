"""A composed table laid out on a sheet of the workbook."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from appendix.layouts import MULTI_YEAR, two_year_budget
from builders import YEAR, budget, layout, line
from xlframework.appendix.compose.table import compose
from xlframework.appendix.layout import Column
from xlframework.appendix.live_formulas import sum_formula
from xlframework.appendix.to_sheet import appendix_sheet
from xlframework.sheets.change import Wanted, WantedSheet
from xlframework.sheets.palette import Look


def laid_out(first_row: int = 4, first_column: int = 1) -> WantedSheet:
    table = compose(MULTI_YEAR, two_year_budget())
    return appendix_sheet(table, "Summary", first_row, first_column)


def only_cell(pence: int | None, **options: object) -> Wanted:
    column = Column(header="Spend", amount=YEAR, **options)  # type: ignore[arg-type]
    table = compose(layout(column), budget([line("L1", pence)]))
    return appendix_sheet(table, "", 4, 1).table.rows[0][0]


@pytest.mark.parametrize(
    ("rows", "formula"),
    [
        ([0], "SUM(E5)"),
        ([0, 1], "SUM(E5:E6)"),
        ([1, 2, 3], "SUM(E6:E8)"),
        ([0, 2], "SUM(E5,E7)"),
        ([0, 1, 2, 5, 7, 8], "SUM(E5:E7,E10,E12:E13)"),
    ],
)
def test_a_sum_names_runs_of_rows(rows: Sequence[int], formula: str) -> None:
    assert sum_formula(rows, "E", 5) == formula


def test_title_and_notes_stand_above_the_table() -> None:
    title, notes, blank = laid_out().above
    assert title == Wanted("Two years by section", None, Look("title", "text"))
    assert notes == Wanted("Amounts are in pounds. A second note.", None, Look("note", "text"))
    assert blank == Wanted(None)


def test_a_layout_without_notes_says_what_it_shows() -> None:
    table = compose(layout(Column(header="A", field="Service")), budget())
    assert appendix_sheet(table, "", 4, 1).above[1].value == "A table for a test."


def test_the_table_has_the_printed_headers_once() -> None:
    table = laid_out().table
    assert [column.name for column in table.columns] == ["No.", "Service", "24/25", "25/26"]
    assert [cell.value for cell in table.header] == [column.name for column in table.columns]
    assert [cell.look for cell in table.header] == [
        Look("header", kind) for kind in ("text", "text", "pence", "money")
    ]


def test_every_row_takes_the_look_of_its_kind() -> None:
    kinds = [row[1].look.row for row in laid_out().table.rows if row[1].look is not None]
    assert kinds[:4] == ["section", "line", "line", "subtotal"]
    assert kinds[-1] == "total"


def test_only_sums_are_formulas_and_each_has_its_value() -> None:
    rows = laid_out().table.rows
    formulas = {
        (number, at): (cell.formula, cell.value)
        for number, row in enumerate(rows)
        for at, cell in enumerate(row)
        if cell.formula is not None
    }
    assert formulas == {
        (3, 2): ("SUM(C6:C7)", Decimal("1339454.38")),
        (3, 3): ("SUM(D6:D7)", Decimal(150)),
        (7, 2): ("SUM(C10:C11)", Decimal(0)),
        (7, 3): ("SUM(D10:D11)", Decimal(0)),
        (10, 2): ("SUM(C14)", Decimal(1)),
        (10, 3): ("SUM(D14)", Decimal(2)),
        (11, 2): ("SUM(C6:C7,C10:C11,C14)", Decimal("1339455.38")),
        (11, 3): ("SUM(D6:D7,D10:D11,D14)", Decimal(152)),
    }


def test_sums_follow_a_table_that_stands_elsewhere() -> None:
    total = laid_out(first_row=10, first_column=3).table.rows[-1]
    assert total[2].formula == "SUM(E12:E13,E16:E17,E20)"


def test_a_shared_amount_is_said_in_words_and_counts_nothing() -> None:
    assert laid_out().table.rows[2][2] == Wanted("as above", None, Look("line", "pence"))


def test_an_amount_a_blank_and_a_nought_are_three_things() -> None:
    money = Look("line", "money")
    assert only_cell(150) == Wanted(Decimal("1.5"), None, money)
    assert only_cell(None) == Wanted(None, None, money)
    assert only_cell(0) == Wanted(Decimal(0), None, money)
    assert only_cell(None, blank="TBC") == Wanted("TBC", None, money)
    assert only_cell(0, zero="nil") == Wanted("nil", None, money)
    assert only_cell(0, zero="") == Wanted(None, None, money)


def test_a_date_is_a_number_that_looks_like_a_date() -> None:
    table = compose(
        layout(Column(header="Ends", field="Ends")),
        budget([line(words={"Ends": date(2026, 3, 31)})]),
    )
    cell = appendix_sheet(table, "", 4, 1).table.rows[0][0]
    assert cell == Wanted(Decimal(46112), None, Look("line", "date"))


def test_a_table_without_lines_adds_up_nothing() -> None:
    table = compose(MULTI_YEAR, budget())
    (total,) = appendix_sheet(table, "", 4, 1).table.rows
    assert total[2] == Wanted(Decimal(0), None, Look("total", "pence"))
