"""Values come from Excel exactly, and go to it so that it keeps them as they are."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyopenvba.apps.excel import ExcelApplication

from xlframework.sheets.live.values import given as handed
from xlframework.sheets.live.values import value_of
from xlframework.sheets.package.records import ErrorValue, Value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (None, None),
        ("", ""),
        ("words", "words"),
        (True, True),
        (0.1, Decimal("0.1")),
        (1000.0, Decimal(1000)),
        (0.30000000000000004, Decimal("0.30000000000000004")),
        (1e22, Decimal("1e22")),
        (-2146826281, ErrorValue("#DIV/0!")),
        (-2146826246, ErrorValue("#N/A")),
        (-2146826265, ErrorValue("#REF!")),
        (7, Decimal(7)),
        (Decimal("1234.5"), Decimal("1234.5")),
        (datetime(2024, 4, 1, 12), Decimal("45383.5")),  # noqa: DTZ001 - as Excel's dates are
    ],
)
def test_what_excel_gives_for_a_cell(raw: object, value: Value) -> None:
    found = value_of(raw)
    assert (type(found), found) == (type(value), value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_its_shortest_decimal_text_and_goes_back_the_same(number: float) -> None:
    value = value_of(number)
    assert isinstance(value, Decimal)
    assert float(value) == number
    assert handed(value) == number


_TYPED = (
    "2.1",
    "1/2",
    "007",
    "2024-25",
    "2024/25 Budget",
    "5 April",
    "March 2024",
    "Mar 24",
    "12 Mar 2024 and later",
    "10:30",
    "£1,114",
    "(500)",
    "50%",
    "1e5",
    "TRUE",
    "false",
    "#N/A",
    "=SUM(A1)",
    "+44 116",
    "-5",
    "- a dash",
    "@home",
    "'quoted",
    "(blank)",
    "n/a",
    "L001",
    "E06000016",
    "3 days",
    " 7",
    "1st of May",
    "10 Downing St",
    "May",
)


@pytest.fixture(scope="module")
def excel() -> ExcelApplication:
    """An Excel that types as the real one was measured to."""
    app = ExcelApplication()
    app.add_workbook()
    return app


@pytest.mark.parametrize("text", _TYPED)
def test_excel_keeps_every_text_as_text(excel: ExcelApplication, text: str) -> None:
    sheet = excel.sheet()
    sheet.set_value("A1", handed(text))
    assert sheet.value("A1") == text


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1, max_size=12))
def test_excel_keeps_any_text(text: str) -> None:
    app = ExcelApplication()
    app.add_workbook()
    app.sheet().set_value("A1", handed(text))
    assert app.sheet().value("A1") == text


@pytest.mark.parametrize("text", ["Victims", "2024/25 Budget", "3 days", "E06000016", "(blank)"])
def test_plain_words_are_handed_over_without_an_apostrophe(text: str) -> None:
    assert handed(text) == text


def test_a_cell_formatted_as_text_needs_no_apostrophe() -> None:
    assert handed("2.1", as_text=True) == "2.1"


def test_blank_empties_a_cell() -> None:
    assert handed(None) == ""
