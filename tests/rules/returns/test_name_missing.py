"""Rule `return-name-missing`: every cell that the form names is there."""

from openpyxl.workbook import Workbook

from rules.returns.returned import at_rule, edited, figures, healthy, shape

RULE = "return-name-missing"


def without(*names: str, labels: bool) -> bytes:
    def change(book: Workbook) -> None:
        for name in names:
            row, column = AT[name]
            del book.defined_names[name]
            if labels:
                book["Return"].cell(row, column - 1).value = None

    return edited(change)


AT = {"Declared_by": (9, 2), "Award": (5, 9), "Planned": (6, 9)}


def test_a_form_passes() -> None:
    assert at_rule(RULE, healthy()) == ()


def test_a_cell_without_name_and_label_is_found() -> None:
    (finding,) = at_rule(RULE, without("Declared_by", labels=True))
    assert shape(finding) == ("error", None)
    assert finding.place.sheet == "Return"
    assert figures(finding) == ("Declared_by", None, None)


def test_several_are_one_finding() -> None:
    (finding,) = at_rule(RULE, without("Declared_by", "Award", labels=True))
    assert finding.message.startswith("the cells 'Award', 'Declared by' are gone")


def test_a_cell_with_its_label_is_another_rules_business() -> None:
    assert at_rule(RULE, without("Declared_by", labels=False)) == ()


def test_a_sum_of_the_forms_own_is_worked_out_without_its_cell() -> None:
    assert at_rule(RULE, without("Planned", labels=True)) == ()


def test_a_blank_cell_is_there() -> None:
    def change(book: Workbook) -> None:
        book["Return"]["B9"] = None

    assert at_rule(RULE, edited(change)) == ()
