"""Rule `return-year-other`: a return is for the year that it was issued for."""

from rules.returns.returned import at_rule, cell, figures, healthy, only, shape, with_cells

RULE = "return-year-other"


def test_the_year_that_was_issued_passes_however_it_is_written() -> None:
    assert only(RULE, healthy()) == only(RULE, with_cells({"Year": "2024-25"})) == ()


def test_another_year_is_found_at_its_cell() -> None:
    (finding,) = only(RULE, with_cells({"Year": "2023/24"}))
    assert shape(finding) == ("error", cell("Year"))
    assert figures(finding) == ("2024/25", "2023/24", None)


def test_without_the_workbook_it_is_not_compared() -> None:
    assert at_rule(RULE, with_cells({"Year": "2023/24"}), compared=False) == ()


def test_a_blank_is_no_other_year_and_other_cells_do_not_matter() -> None:
    assert at_rule(RULE, with_cells({"Year": None, "Declared_by": "2023/24"})) == ()
