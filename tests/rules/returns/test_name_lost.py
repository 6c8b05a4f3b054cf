"""Rule `return-name-lost`: every named cell has its name."""

from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName

from rules.returns.returned import at_rule, cell, edited, figures, healthy, only, returned, shape

RULE = "return-name-lost"


def without(*names: str) -> bytes:
    def change(book: Workbook) -> None:
        for name in names:
            del book.defined_names[name]

    return edited(change)


def test_a_form_passes() -> None:
    assert only(RULE, healthy()) == ()


def test_a_cell_is_found_by_its_label() -> None:
    data = without("Award")
    (finding,) = only(RULE, data)
    assert shape(finding) == ("warning", cell("Award"))
    assert figures(finding) == ("Award", None, None)
    assert returned(data).fields["Award"].amount == 5_266_600


def test_all_names_gone_is_one_finding_and_the_hidden_cells_stay_hidden() -> None:
    names = list(healthy_names())
    (finding,) = only(RULE, without(*names))
    assert finding.message.startswith("11 cells have lost their names")


def healthy_names() -> list[str]:
    found: list[str] = []

    def change(book: Workbook) -> None:
        found.extend(name for name in book.defined_names if not name.startswith("List_"))

    edited(change)
    return found


def test_a_name_of_the_sheets_own_is_a_name() -> None:
    def change(book: Workbook) -> None:
        target = book.defined_names.pop("Award").attr_text
        book["Return"].defined_names["Award"] = DefinedName("Award", attr_text=target)

    assert only(RULE, edited(change)) == ()


def test_of_two_names_the_workbooks_own_counts() -> None:
    def change(book: Workbook) -> None:
        wrong = DefinedName("Award", attr_text="'Guidance'!$A$1")
        book["Guidance"].defined_names["Award"] = wrong

    data = edited(change)
    assert only(RULE, data) == ()
    assert returned(data).fields["Award"].amount == 5_266_600


def test_a_name_that_leads_nowhere_is_lost() -> None:
    def change(book: Workbook) -> None:
        book.defined_names["Award"].attr_text = "#REF!"

    (finding,) = only(RULE, edited(change))
    assert finding.place.cell == cell("Award")


def test_names_that_a_library_left_behind_when_it_moved_the_cells_are_not_followed() -> None:
    def change(book: Workbook) -> None:
        book["Return"].move_range("A5:K52", rows=1, translate=True)
        book["Return"].tables["Activities"].ref = "A13:K53"
        book["Return"].tables["Activities"].autoFilter = None

    data = edited(change)
    assert returned(data).fields["Award"].amount == 5_266_600
    assert returned(data).fields["Organisation"].text == "Blaby District Council"
    assert len(at_rule(RULE, data)) == 1
