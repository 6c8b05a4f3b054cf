"""Rule `return-table-short`: the form's table covers its rows."""

from openpyxl.workbook import Workbook

from rules.returns.returned import MONITORING, edited, figures, healthy, only, returned, shape

RULE = "return-table-short"


def resized(area: str, form: str = "csp-plan-budget") -> bytes:
    def change(book: Workbook) -> None:
        (table,) = book["Return"].tables.values()
        table.ref = area
        table.autoFilter = None

    return edited(change, form)


def test_a_form_passes() -> None:
    assert only(RULE, healthy()) == only(RULE, healthy(MONITORING)) == ()


def test_rows_that_came_out_of_the_table_are_read_all_the_same() -> None:
    data = resized("A12:K14")
    (finding,) = only(RULE, data)
    assert shape(finding) == ("warning", "A12:K52")
    assert figures(finding) == ("A12:K52", "A12:K14", None)
    assert [row.number for row in returned(data).filled] == [13, 14, 15]


def test_the_table_of_a_return_is_no_different() -> None:
    data = resized("A12:M13", MONITORING)
    (finding,) = only(RULE, data)
    assert figures(finding) == ("A12:M15", "A12:M13", None)
    assert len(returned(data).filled) == 3


def test_a_longer_table_covers_its_rows() -> None:
    assert only(RULE, resized("A12:K60")) == ()
