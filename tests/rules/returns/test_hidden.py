"""Rule `return-hidden`: nothing is hidden that the form does not hide."""

from openpyxl.workbook import Workbook

from rules.returns.returned import MONITORING, at_rule, edited, findings, healthy, only, shape

RULE = "return-hidden"


def test_what_the_form_hides_itself_is_no_finding() -> None:
    assert at_rule(RULE, healthy()) == at_rule(RULE, healthy(MONITORING)) == ()


def test_a_hidden_sheet_is_found() -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("Our own sums").sheet_state = "veryHidden"

    (finding,) = only(RULE, edited(change))
    assert shape(finding) == ("warning", None)
    assert finding.place.sheet == "Our own sums"


def test_the_sheet_of_lists_may_be_hidden_in_either_way() -> None:
    def change(book: Workbook) -> None:
        book["Lists"].sheet_state = "veryHidden"

    assert only(RULE, edited(change)) == ()


def test_hidden_rows_are_found_as_a_range() -> None:
    def change(book: Workbook) -> None:
        for row in (14, 15, 20):
            book["Return"].row_dimensions[row].hidden = True

    (finding,) = only(RULE, edited(change))
    assert shape(finding) == ("warning", "A14:K15,A20:K20")
    assert finding.message == "3 rows are hidden, though what stands there counts"


def test_a_hidden_column_is_found() -> None:
    def change(book: Workbook) -> None:
        book["Return"].column_dimensions["G"].hidden = True

    (finding,) = only(RULE, edited(change))
    assert shape(finding) == ("warning", "G12:G52")


def test_rows_and_columns_outside_the_form_may_be_hidden() -> None:
    def change(book: Workbook) -> None:
        book["Return"].row_dimensions[80].hidden = True
        book["Return"].column_dimensions["T"].hidden = True

    assert only(RULE, edited(change)) == ()


def test_a_fault_in_a_hidden_row_is_found_besides() -> None:
    def change(book: Workbook) -> None:
        book["Return"].row_dimensions[14].hidden = True
        book["Return"]["E14"] = "TBC"

    assert {each.rule for each in findings(edited(change))} == {RULE, "return-amount-text"}
