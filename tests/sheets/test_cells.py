"""What a stored cell means: an amount, a word, a date, or something that somebody typed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import unread
from xlframework.model.budget import Amount
from xlframework.sheets.cells import (
    from_date,
    is_entered,
    number_text,
    read_amount,
    read_order,
    read_word,
    shown,
    to_date,
)
from xlframework.sheets.package.records import Book, Cell, ErrorValue, Value

DATE_STYLE = 7
BOOK = Book("budget.xlsx", (), date_styles=frozenset({DATE_STYLE}))
BOOK_1904 = Book("budget.xlsx", (), date_1904=True, date_styles=frozenset({DATE_STYLE}))


@pytest.mark.parametrize(
    ("value", "pence"),
    [
        (Decimal(0), 0),
        (Decimal("12.5"), 1250),
        (Decimal("1339454.38"), 133945438),
        (Decimal(-500), -50000),
        (Decimal(999999999999999), 99_999_999_999_999_900),
        (Decimal("0.30000000000000004"), 30),
        (Decimal("1339454.3800000001"), 133945438),
    ],
)
def test_a_number_is_an_amount_in_pounds(value: Decimal, pence: int) -> None:
    assert read_amount(BOOK, Cell(value)) == pence


@pytest.mark.parametrize("value", [None, "", " ", "-", "\N{EN DASH}", "\N{NO-BREAK SPACE}"])
def test_what_means_blank_is_blank_and_not_nought(value: Value) -> None:
    assert read_amount(BOOK, Cell(value)) is None


@pytest.mark.parametrize("text", ["£1114", "1,339,454.38", "(500)", "0", "n/a", "TBC", "1.2k"])
def test_text_is_never_an_amount_however_much_it_looks_like_one(text: str) -> None:
    assert read_amount(BOOK, Cell(text)) == unread("text", text)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell(value=True), unread("logical", "TRUE")),
        (Cell(value=False), unread("logical", "FALSE")),
        (Cell(ErrorValue("#REF!")), unread("error", "#REF!")),
        (Cell(ErrorValue("#N/A"), "A1"), unread("error", "#N/A")),
        (Cell(Decimal(45383), None, DATE_STYLE), unread("date", "2024-04-01")),
        (Cell(Decimal("0.005")), unread("fraction", "0.005")),
        (Cell(Decimal("12.345"), "A1/A2"), unread("fraction", "12.345")),
        (Cell(Decimal("1E+15")), unread("large", "1000000000000000")),
        (Cell(Decimal("-1E+20"), "A1"), unread("large", "-100000000000000000000")),
        (Cell(None, "SUM(A1:A2)"), unread("not calculated", "=SUM(A1:A2)")),
    ],
)
def test_what_cannot_be_trusted_says_why(cell: Cell, said: Amount) -> None:
    assert read_amount(BOOK, cell) == said


@pytest.mark.parametrize(
    ("value", "pence"),
    [
        (Decimal("0.30000000000000004"), 30),
        (Decimal("1339454.3799999999"), 133945438),
        (Decimal("-0.00000000003"), 0),
        (Decimal("333.3299999"), 33333),
    ],
)
def test_a_formulas_binary_noise_is_no_fraction_of_a_penny(value: Decimal, pence: int) -> None:
    assert read_amount(BOOK, Cell(value, "A1+A2")) == pence


@pytest.mark.parametrize("formula", [None, "A1/3"])
def test_a_real_fraction_of_a_penny_is_not_rounded_away(formula: str | None) -> None:
    value = Decimal("333.333333333333")
    assert read_amount(BOOK, Cell(value, formula)) == unread("fraction", "333.333333333333")


@given(st.integers(min_value=-(10**13), max_value=10**13))
def test_every_pence_comes_back_from_the_number_that_excel_keeps(pence: int) -> None:
    stored = Decimal(repr(float(Decimal(pence) / 100)))
    assert read_amount(BOOK, Cell(stored)) == pence
    assert read_amount(BOOK, Cell(stored, "A1")) == pence


@pytest.mark.parametrize(
    ("serial", "day", "day_1904"),
    [
        (Decimal(45383), date(2024, 4, 1), date(2028, 4, 2)),
        (Decimal("45383.99"), date(2024, 4, 1), date(2028, 4, 2)),
        (Decimal(61), date(1900, 3, 1), date(1904, 3, 2)),
    ],
)
def test_a_date_is_read_by_the_calendar_of_its_workbook(
    serial: Decimal, day: date, day_1904: date
) -> None:
    cell = Cell(serial, None, DATE_STYLE)
    assert read_word(BOOK, cell) == day
    assert read_word(BOOK_1904, cell) == day_1904


@given(st.dates(min_value=date(1904, 1, 1)), st.booleans())
def test_a_day_comes_back_from_its_serial_number(day: date, date_1904: bool) -> None:
    assert to_date(from_date(day, date_1904=date_1904), date_1904=date_1904) == day


def test_a_day_that_no_calendar_reaches_is_shown_as_its_number() -> None:
    assert read_word(BOOK, Cell(Decimal("1E+12"), None, DATE_STYLE)) == "1000000000000"


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (None, ""),
        ("  Refuge ", "  Refuge "),
        (Decimal(2024), "2024"),
        (Decimal("0.10"), "0.1"),
        (Decimal("1E+3"), "1000"),
        (True, "TRUE"),
        (ErrorValue("#REF!"), "#REF!"),
    ],
)
def test_a_word_is_what_the_cell_holds(value: Value, word: str) -> None:
    assert shown(value) == word
    assert read_word(BOOK, Cell(value)) == word


def test_text_in_a_date_cell_stays_text() -> None:
    assert read_word(BOOK, Cell("April 2024", None, DATE_STYLE)) == "April 2024"


@pytest.mark.parametrize("number", ["100", "0", "0.5", "-1200.25"])
def test_a_number_is_written_as_a_person_types_it(number: str) -> None:
    assert number_text(Decimal(number) * Decimal("1.000")) == number


@pytest.mark.parametrize(
    ("value", "order"),
    [(Decimal("15.5"), Decimal("15.5")), (Decimal(0), Decimal(0)), (None, None), ("10", None)],
)
def test_an_order_is_a_number(value: Value, order: Decimal | None) -> None:
    assert read_order(Cell(value)) == order


@pytest.mark.parametrize(
    "cell",
    [
        Cell(Decimal(0)),
        Cell("tbc"),
        Cell(Decimal(1200), "1000+200"),
        Cell(None, "-(1000*1.05)/2"),
        Cell(Decimal(1050), "ROUND(1000*105%,2)"),
        Cell(Decimal(3), "SUM(1,2)"),
        Cell(Decimal(1000), "1E3"),
        Cell(Decimal(0), "E5"),
        Cell(Decimal(0), "1+E5"),
        Cell(Decimal(0), "Pot/2"),
        Cell(Decimal(0), "Deadlines!T5"),
    ],
)
def test_a_constant_and_a_formula_that_is_not_over_the_lines_are_entered(cell: Cell) -> None:
    assert is_entered(cell, "Lines")


@pytest.mark.parametrize(
    "cell",
    [
        Cell(None),
        Cell(None, None, 3),
        Cell(Decimal(0), "SUMIFS(Lines[2024/25 Budget],Lines[Block],B5)"),
        Cell(Decimal(0), "SUMIFS(#REF!,Lines[Block],B5)"),
        Cell(Decimal(0), "SUMIFS(Lines!$T$5:$T$68,Lines!$C$5:$C$68,B5)"),
        Cell(Decimal(0), "Lines!T5"),
    ],
)
def test_a_blank_and_a_formula_over_the_lines_are_not_entered(cell: Cell) -> None:
    assert not is_entered(cell, "Lines")
