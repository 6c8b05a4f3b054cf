"""Rule `return-year-unread`: the year is a financial year."""

import pytest

from rules.returns.returned import at_rule, cell, figures, healthy, only, shape, with_cells

RULE = "return-year-unread"


@pytest.mark.parametrize("year", ["2024/25", "2024-25", " 2024/25 ", "2024/2025", "2024 - 2025"])
def test_a_financial_year_passes(year: str) -> None:
    assert only(RULE, healthy()) == ()
    assert only(RULE, with_cells({"Year": year})) == ()


@pytest.mark.parametrize("year", ["2024", "2024/26", "24/25", "2024/2026", "next year"])
def test_what_is_none_is_found(year: str) -> None:
    (finding,) = only(RULE, with_cells({"Year": year}))
    assert shape(finding) == ("error", cell("Year"))
    assert figures(finding) == ("2024/25", year, None)
    assert repr(year) in finding.message


def test_a_blank_is_said_to_be_blank() -> None:
    (finding,) = only(RULE, with_cells({"Year": None}))
    assert finding.message == "the financial year is blank"


def test_without_the_workbook_nobody_knows_the_right_one() -> None:
    (finding,) = at_rule(RULE, with_cells({"Year": "2024"}), compared=False)
    assert figures(finding) == (None, "2024", None)


def test_other_cells_do_not_disturb_it() -> None:
    assert at_rule(RULE, with_cells({"Declared_by": "2024"})) == ()
