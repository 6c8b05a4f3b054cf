"""Financial years and the headers of amount columns."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlframework.ground.financial_year import BASES, AmountColumn, FinancialYear

YEARS = st.integers(min_value=1900, max_value=2099).map(FinancialYear)
COLUMNS = st.builds(AmountColumn, YEARS, st.sampled_from(BASES))


@given(YEARS)
def test_a_year_reads_back_as_it_is_written(year: FinancialYear) -> None:
    assert FinancialYear.parse(str(year)) == year
    assert FinancialYear.parse(str(year).replace("/", "-")) == year


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2024/25", 2024),
        ("2024-25", 2024),
        (" 2024/25 ", 2024),
        ("2024 / 25", 2024),
        ("2024- 25", 2024),
        ("\N{NO-BREAK SPACE}2024/25", 2024),
        ("1999/00", 1999),
        ("2009/10", 2009),
        ("2099/00", 2099),
    ],
)
def test_a_year_is_read(text: str, start: int) -> None:
    assert FinancialYear.parse(text) == FinancialYear(start)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2024", "24/25", "2024/2025", "2024/5", "2024/255", "202425", "20242/5", "/25"),
        *(
            "2024/25/26",
            "2024//25",
            "2024.25",
            "2024\\25",
            "2024 25",
            "FY2024/25",
            "2024/25 Budget",
        ),
        *("1824/25", "3024/25", "2024/25\nx", "\uff12\uff10\uff12\uff14/25", "2024/\u0662\u0665"),
    ],
)
def test_what_is_not_a_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a financial year such as 2024/25"):
        FinancialYear.parse(text)


@pytest.mark.parametrize("text", ["2024/24", "2024/26", "2024/23", "1999/01", "2099/99", "2025/24"])
def test_two_years_that_do_not_follow_each_other_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="the second year must be the one after the first"):
        FinancialYear.parse(text)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 3, 31), "2023/24"),
        (date(2024, 4, 1), "2024/25"),
        (date(2024, 12, 31), "2024/25"),
        (date(2025, 1, 1), "2024/25"),
        (date(2025, 3, 31), "2024/25"),
        (date(2025, 4, 1), "2025/26"),
        (date(2000, 2, 29), "1999/00"),
    ],
)
def test_a_day_falls_in_its_year(day: date, text: str) -> None:
    assert str(FinancialYear.of(day)) == text


@given(st.dates(min_value=date(1900, 4, 1), max_value=date(2100, 3, 31)))
def test_a_year_begins_on_the_first_of_april_and_on_no_other_day(day: date) -> None:
    before = FinancialYear.of(day - timedelta(days=1))
    begins = (day.month, day.day) == (4, 1)
    assert FinancialYear.of(day).start - before.start == int(begins)


@given(YEARS, YEARS)
def test_years_sort_by_time(one: FinancialYear, other: FinancialYear) -> None:
    assert (one < other) == (one.start < other.start)


@given(COLUMNS)
def test_a_header_reads_back_as_it_is_written(column: AmountColumn) -> None:
    assert AmountColumn.parse(str(column)) == column


@given(COLUMNS, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_the_basis_of_a_header_is_blind_to_case(
    column: AmountColumn, recase: Callable[[str], str]
) -> None:
    assert AmountColumn.parse(recase(str(column))) == column


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("2024/25 Budget", "2024/25 Budget"),
        ("2024-25 budget", "2024/25 Budget"),
        ("2024 / 25  BUDGET", "2024/25 Budget"),
        ("  2025/26 Forecast ", "2025/26 Forecast"),
        ("2024/25 Revised   Budget", "2024/25 Revised budget"),
        ("2024/25\N{NO-BREAK SPACE}revised\N{NO-BREAK SPACE}budget", "2024/25 Revised budget"),
        ("2024/25\nActual", "2024/25 Actual"),
        ("2024/25 Revised\nbudget", "2024/25 Revised budget"),
        ("2024/25\r\nRevised\r\nbudget", "2024/25 Revised budget"),
    ],
)
def test_a_header_is_read_whatever_its_case_and_spaces(header: str, written: str) -> None:
    assert str(AmountColumn.parse(header)) == written


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("", "is not a header"),
        ("Note", "is not a header"),
        ("2024/25", "is not a header"),
        ("2024/25Budget", "is not a header"),
        ("24/25 Spend", "is not a financial year"),
        ("Budget 2024/25", "is not a financial year"),
        ("Priority 1", "is not a financial year"),
        ("Shared with", "is not a financial year"),
        ("2024/26 Budget", "the second year must be the one after the first"),
        ("2024/25 Spend", "'Spend' is none of Budget, Revised budget, Forecast, Actual"),
        ("2024/25 Budgets", "is none of Budget"),
        ("2024/25 Budget 2", "is none of Budget"),
        ("2024/25 Revised", "is none of Budget"),
        ("2024/25 Revisedbudget", "is none of Budget"),
    ],
)
def test_what_is_not_the_header_of_an_amount_column_is_refused(header: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        AmountColumn.parse(header)
