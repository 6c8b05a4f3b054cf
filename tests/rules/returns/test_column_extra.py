"""Rule `return-column-extra`: a return has no columns beside the form's."""

from openpyxl.workbook import Workbook

from rules.returns.returned import at_rule, edited, figures, findings, healthy, returned, shape

RULE = "return-column-extra"


def extra(header: str) -> bytes:
    def change(book: Workbook) -> None:
        sheet = book["Return"]
        sheet["L12"] = header
        sheet["L13"] = 999

    return edited(change)


def inserted(header: str) -> bytes:
    """Put a column between Provider and Cost type, as a library does it."""

    def change(book: Workbook) -> None:
        sheet = book["Return"]
        sheet.tables.clear()
        sheet.move_range("D12:K52", cols=1, translate=True)
        sheet["D12"] = header
        sheet["D13"] = "ours"

    return edited(change)


def test_a_form_passes() -> None:
    assert at_rule(RULE, healthy()) == ()


def test_a_column_in_between_is_found_and_the_others_are_read() -> None:
    data = inserted("Ward")
    (finding,) = at_rule(RULE, data)
    assert shape(finding) == ("warning", "D12")
    assert figures(finding) == (None, "Ward", None)
    assert returned(data).rows[0].entries["Q4"].amount == 466_600
    assert {each.severity for each in findings(data)} == {"warning"}


def test_what_stands_beside_the_table_is_no_column_of_it() -> None:
    assert at_rule(RULE, extra("Our notes")) == ()


def test_a_column_without_a_header_is_not_named() -> None:
    assert at_rule(RULE, inserted("")) == ()
