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


def beside(at: str) -> bytes:
    return edited(lambda book: book["Return"].__setitem__(at, "Our notes"))


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


def test_a_column_put_right_beside_the_table_is_found() -> None:
    (finding,) = findings(extra("Our notes"))
    assert (finding.rule, *shape(finding)) == (RULE, "warning", "L12")


def test_what_stands_further_off_is_no_column_of_the_table() -> None:
    assert at_rule(RULE, extra("")) == at_rule(RULE, beside("M12")) == ()


def test_a_column_without_a_header_is_not_named() -> None:
    assert at_rule(RULE, inserted("")) == ()


def test_headers_beside_a_table_whose_own_are_gone_are_read() -> None:
    def change(book: Workbook) -> None:
        for column in range(1, 12):
            book["Return"].cell(12, column).value = None
        book["Return"]["L12"] = "Our notes"

    (finding,) = at_rule(RULE, edited(change))
    assert shape(finding) == ("warning", "L12")
