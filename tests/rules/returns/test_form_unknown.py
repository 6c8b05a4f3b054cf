"""Rule `return-form-unknown`: a submitted workbook is one of the forms."""

import io

from openpyxl.workbook import Workbook

from returns_forms import COMMISSIONING
from rules.returns.returned import (
    MONITORING,
    PLAN,
    check,
    edited,
    healthy,
    only,
    shape,
    with_cells,
)

RULE = "return-form-unknown"


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_each_form_is_known() -> None:
    for form in (PLAN, MONITORING):
        assert only(RULE, healthy(form)) == ()
        assert check(healthy(form)).form == form


def test_another_workbook_is_rejected_and_has_no_form() -> None:
    book = Workbook()
    book.worksheets[0].title = "Minutes"
    checked = check(saved(book))
    (finding,) = checked.findings
    assert (finding.rule, *shape(finding)) == (RULE, "error", None)
    assert finding.message.endswith("its sheets are Minutes")
    assert checked.status == "rejected"
    assert checked.form is None


def test_the_commissioning_workbook_itself_is_none() -> None:
    (finding,) = check(COMMISSIONING.read_bytes()).findings
    assert finding.rule == RULE


def test_a_form_without_its_table_is_said_to_have_lost_it() -> None:
    def change(book: Workbook) -> None:
        book["Return"].tables.clear()
        book["Return"].delete_rows(12, 60)

    (finding,) = check(edited(change)).findings
    assert finding.rule == RULE
    assert "its table Activities is gone" in finding.message


def test_a_form_is_known_by_its_table_alone() -> None:
    def change(book: Workbook) -> None:
        for name in list(book.defined_names):
            del book.defined_names[name]
        book["Return"].delete_rows(1, 11)

    assert check(edited(change)).form == PLAN


def test_a_form_that_says_nothing_of_itself_is_known() -> None:
    assert check(with_cells({"Form": None, "Form_version": None})).form == PLAN
