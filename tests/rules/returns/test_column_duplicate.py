"""Rule `return-column-duplicate`: no header of a return stands twice."""

from openpyxl.workbook import Workbook

from returns_forms import typed
from rules.returns.returned import at_rule, edited, figures, healthy, only, returned, shape

RULE = "return-column-duplicate"


def twice(header: str) -> bytes:
    def change(book: Workbook) -> None:
        sheet = book["Return"]
        sheet.tables.clear()
        sheet["L12"] = header
        sheet["L13"] = 1

    return edited(change)


def test_a_form_passes() -> None:
    assert at_rule(RULE, healthy()) == ()


def test_the_second_of_two_is_found_and_the_first_is_read() -> None:
    data = twice("Q1")
    (finding,) = at_rule(RULE, data)
    assert shape(finding) == ("error", "L12")
    assert figures(finding) == (None, "Q1", None)
    assert returned(data).rows[0].entries["Q1"].amount == 500_000


def test_case_and_spaces_make_no_other_header() -> None:
    (finding,) = at_rule(RULE, twice(" match  FUNDING"))
    assert shape(finding) == ("error", "L12")


def test_another_header_and_a_blank_one_are_no_duplicates() -> None:
    assert at_rule(RULE, twice("Q5")) == at_rule(RULE, twice("")) == ()


def test_a_header_typed_over_another_is_one_finding_at_its_cell() -> None:
    (finding,) = only(RULE, typed(healthy(), {"F12": "Q1"}))
    assert shape(finding) == ("error", "F12")
    assert figures(finding) == ("Q2", "Q1", None)
    assert finding.message.endswith("so no sum that needs that column was checked")
