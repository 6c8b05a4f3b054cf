"""Rule `return-total-wrong`: what a return works out equals its parts."""

from openpyxl.workbook import Workbook

from rules.returns.returned import (
    MONITORING,
    at_rule,
    cell,
    edited,
    figures,
    healthy,
    only,
    shape,
    with_cells,
)

RULE = "return-total-wrong"


def test_what_the_form_works_out_itself_passes() -> None:
    assert only(RULE, healthy()) == only(RULE, healthy(MONITORING)) == ()


def test_an_overwritten_named_total_is_found_at_its_cell() -> None:
    (finding,) = only(RULE, with_cells({"Planned": 50000}))
    assert shape(finding) == ("error", cell("Planned"))
    assert figures(finding) == ("52666.00", "50000.00", "-2666.00")
    assert finding.message == "Planned so far does not equal the sum of Total"


def test_what_is_left_is_award_less_plan() -> None:
    (finding,) = only(RULE, with_cells({"Left_of_award": 10}))
    assert figures(finding) == ("0.00", "10.00", "10.00")
    assert finding.message == "Left of the award does not equal Award less Planned so far"


def test_an_overwritten_outturn_is_found_and_the_variance_is_worked_out_from_its_parts() -> None:
    (finding,) = only(RULE, with_cells({("Forecast outturn", 1): 1}, MONITORING))
    assert shape(finding) == ("error", cell(("Forecast outturn", 1), MONITORING))
    assert figures(finding) == ("435455.00", "1.00", "-435454.00")


def test_an_error_in_place_of_a_total_is_found() -> None:
    def change(book: Workbook) -> None:
        book["Return"][cell("Planned")] = "#REF!"
        book["Return"][cell("Planned")].data_type = "e"

    (finding,) = only(RULE, edited(change))
    assert figures(finding) == ("52666.00", "#REF!", None)


def test_an_amount_that_cannot_be_read_silences_the_totals_above_it() -> None:
    assert at_rule(RULE, with_cells({"Planned": 50000, ("Q1", 1): "TBC"})) == ()


def test_a_blank_total_is_no_nought_and_other_cells_do_not_matter() -> None:
    assert at_rule(RULE, with_cells({"Planned": None, ("Match funding", 1): None})) == ()
