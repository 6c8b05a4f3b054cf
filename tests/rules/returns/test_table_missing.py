"""Rule `return-table-missing`: the rows stand in the form's table."""

from openpyxl.workbook import Workbook

from rules.returns.returned import MONITORING, edited, figures, healthy, only, returned, shape

RULE = "return-table-missing"


def without(form: str) -> bytes:
    def change(book: Workbook) -> None:
        book["Return"].tables.clear()

    return edited(change, form)


def test_a_form_passes() -> None:
    assert only(RULE, healthy()) == only(RULE, healthy(MONITORING)) == ()


def test_rows_are_found_by_their_headers() -> None:
    data = without("csp-plan-budget")
    (finding,) = only(RULE, data)
    assert shape(finding) == ("warning", "A12:K52")
    assert figures(finding) == ("Activities", None, None)
    assert [row.number for row in returned(data).filled] == [13, 14, 15]
    assert len(returned(data).rows) == 40


def test_a_table_with_as_many_rows_as_lines_is_found_too() -> None:
    data = without(MONITORING)
    (finding,) = only(RULE, data)
    assert shape(finding) == ("warning", "A12:M15")


def test_a_table_of_another_name_is_the_table() -> None:
    def change(book: Workbook) -> None:
        table = book["Return"].tables.pop("Activities")
        table.displayName = table.name = "Table1"
        book["Return"].add_table(table)

    assert only(RULE, edited(change)) == ()
