"""Columns are known by their headers, else by their places, else by likeness."""

import pytest

from xlframework.sheets.returns.headers import match_headers

DECLARED = ("Activity", "Provider", "Q1", "Q2", "Q3", "Q4", "Total", "Outcome measure")


def match(*texts: str) -> tuple[str | None, ...]:
    return match_headers(texts, DECLARED)


def test_headers_as_declared_are_themselves_in_any_order_case_and_spacing() -> None:
    assert match(*DECLARED) == DECLARED
    turned = DECLARED[::-1]
    assert match(*(f" {text.upper()} ".replace(" M", "  M") for text in turned)) == turned


@pytest.mark.parametrize("text", ["First quarter", "", "x", "Budget"])
def test_one_unknown_column_in_a_gap_of_one_is_taken_for_it(text: str) -> None:
    changed = [text if header == "Q1" else header for header in DECLARED]
    assert match(*changed) == DECLARED


def test_several_in_a_gap_of_as_many_are_taken_in_order() -> None:
    assert (
        match("Activity", "Provider", "Apr", "Jul", "Oct", "Jan", "Total", "Outcome measure")
        == DECLARED
    )


def test_a_deleted_column_is_not_made_up() -> None:
    assert match("Activity", "Provider", "Q1", "Q2", "Q4", "Total", "Outcome measure") == (
        "Activity",
        "Provider",
        "Q1",
        "Q2",
        "Q4",
        "Total",
        "Outcome measure",
    )


def test_an_inserted_column_is_none_of_the_forms() -> None:
    found = match("Activity", "Ward", *DECLARED[1:])
    assert found == ("Activity", None, *DECLARED[1:])


def test_an_inserted_column_beside_a_renamed_one_leaves_it_to_likeness() -> None:
    found = match("Activity", "Ward", "Providers", *DECLARED[2:])
    assert found == ("Activity", None, "Provider", *DECLARED[2:])


def test_a_column_that_was_moved_and_renamed_is_known_by_likeness() -> None:
    found = match("Activity", "Q1", "Q2", "Q3", "Q4", "Total", "Outcome measure", "The provider")
    assert found[-1] == "Provider"


def test_of_two_columns_with_one_header_the_first_counts() -> None:
    assert match(*DECLARED, "Q1") == (*DECLARED, None)
    assert match("Q1", *DECLARED)[:2] == ("Q1", "Activity")
    assert match("Q1", *DECLARED)[3] is None
