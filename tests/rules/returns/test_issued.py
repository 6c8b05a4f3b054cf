"""Who gets a form and with which figures: areas, providers, covered lines, and who is left out."""

from collections.abc import Sequence

import pytest

from builders import YEAR, line, unread
from returns_forms import MONITORING, PLAN, forms
from xlframework.ground.financial_year import AmountColumn
from xlframework.model.budget import Amount, Line
from xlframework.model.returns import Covered, Issued, LeftOut, Locality
from xlframework.rules.returns.issued import issue

COLUMN = AmountColumn.parse(YEAR)
BLABY = Locality("E1", "Blaby", "Blaby CSP", "Blaby Council")


def row(
    line_id: str,
    amount: Amount,
    provider: str = "",
    *,
    area: str = "",
    shared: str = "",
    number: int = 2,
    **words: str,
) -> Line:
    own = {"Provider": provider, **words}
    return line(line_id, amount, area_code=area, shared_with=shared, row=number, words=own)


def plans(
    lines: Sequence[Line], areas: Sequence[Locality] = (BLABY,)
) -> tuple[tuple[Issued, ...], tuple[LeftOut, ...]]:
    return issue(forms()[PLAN], lines, areas, COLUMN)


def returns(lines: Sequence[Line]) -> tuple[tuple[Issued, ...], tuple[LeftOut, ...]]:
    return issue(forms()[MONITORING], lines, (), COLUMN)


def test_an_area_gets_the_amount_that_lines_has_for_it() -> None:
    (issued,), left_out = plans([row("L1", 500_000, "X", area="e1"), row("L2", 99, "Y")])
    assert (issued.award, issued.year, issued.area, issued.area_code) == (
        *(500_000, "2024/25", "Blaby"),
        "E1",
    )
    assert issued.organisation == "Blaby Council"
    assert not left_out


def test_several_lines_of_an_area_are_one_award() -> None:
    (issued,), _ = plans([row("L1", 100, area="E1"), row("L2", 250, area="E1")])
    assert issued.award == 350
    assert [each.line_id for each in issued.lines] == ["L1", "L2"]


@pytest.mark.parametrize(
    ("area", "provider", "name"),
    [
        (Locality("E1", "Blaby", "Blaby CSP", ""), "The Council", "The Council"),
        (Locality("E1", "Blaby", "Blaby CSP", ""), "", "Blaby CSP"),
        (Locality("E1", "Blaby", "", ""), "", "Blaby"),
        (Locality("E1", "", "", ""), "", "E1"),
    ],
)
def test_an_area_without_a_lead_authority_goes_by_its_provider_or_its_name(
    area: Locality, provider: str, name: str
) -> None:
    (issued,), _ = plans([row("L1", 100, provider, area="E1")], [area])
    assert issued.organisation == name


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "no line has 2024/25 Budget for it"),
        ([row("L1", None, area="E1")], "no line has 2024/25 Budget for it"),
        ([row("L1", 0, area="E1")], "its award for 2024/25 is nothing"),
        ([row("L1", unread(), area="E1")], "an amount of 2024/25 Budget cannot be read"),
        (
            [row("L1", 100), row("L2", None, area="E1", shared="L1")],
            "other lines' amounts cover all of it",
        ),
    ],
)
def test_an_area_without_an_award_gets_no_form_and_the_reason_is_said(
    lines: list[Line], why: str
) -> None:
    issued, (left_out,) = plans(lines)
    assert not issued
    assert (left_out.what, left_out.why) == ("Blaby", why)


def test_an_area_without_a_code_is_nobody() -> None:
    assert plans([row("L1", 100)], [Locality("", "", "", "")]) == ((), ())


def test_a_provider_gets_all_its_lines_in_printed_order_whatever_its_case_and_spaces() -> None:
    lines = [
        row("L3", 30, "Freeva", number=4),
        row("L1", 10, " FREEVA ", number=2),
        row("L2", 0, "freeva", number=3),
        row("M1", 5, "Another", number=5),
    ]
    (another, freeva), _ = returns(lines)
    assert another.organisation == "Another"
    assert [each.line_id for each in freeva.lines] == ["L1", "L2", "L3"]
    assert freeva.award == 40
    assert freeva.area_code == ""


def test_a_nought_is_asked_about_and_a_blank_is_not() -> None:
    (issued,), left_out = returns([row("L1", 0, "A"), row("L2", None, "A"), row("L3", None, "B")])
    assert [each.line_id for each in issued.lines] == ["L1"]
    assert not left_out


def test_a_line_that_another_amount_covers_is_named_and_not_asked_about() -> None:
    (issued,), _ = returns([row("L1", 100, "A"), row("L2", None, "A", shared="L1")])
    assert [each.line_id for each in issued.lines] == ["L1"]
    assert issued.covered == (Covered("L2", "Service L2", "L1"),)


def test_sharing_is_by_year() -> None:
    (issued,), _ = returns([row("L1", 100, "A"), row("L2", 50, "A", shared="L1")])
    assert issued.award == 150
    assert issued.covered == ()


def test_a_provider_whose_lines_are_all_covered_gets_no_form() -> None:
    _, (left_out,) = returns([row("L1", 100, "A"), row("L2", None, "B", shared="L1")])
    assert left_out == LeftOut("B", "other lines' amounts cover all of it", ("L2",))


def test_a_line_whose_carrier_has_no_amount_is_not_of_the_year() -> None:
    assert returns([row("L1", None, "A"), row("L2", None, "B", shared="L1")]) == ((), ())


@pytest.mark.parametrize("name", ["Various", "various ", "OPCC"])
def test_a_provider_that_the_form_leaves_out_is_said(name: str) -> None:
    _, (left_out,) = returns([row("L1", 100, name)])
    assert left_out.why == "the form leaves this provider out"
    assert left_out.lines == ("L1",)


def test_lines_without_a_provider_are_said() -> None:
    _, (left_out,) = returns([row("L1", 100, " ")])
    assert left_out.lines == ("L1",)
    assert "nobody is named" in left_out.why


@pytest.mark.parametrize("second", ["", "L1", "l1 "])
def test_lines_that_cannot_be_told_apart_are_not_sent_out(second: str) -> None:
    issued, (left_out,) = returns([row("L1", 100, "A"), row(second, 100, "A")])
    assert not issued
    assert "ID" in left_out.why


def test_a_line_is_called_by_its_service_and_provision() -> None:
    (issued,), _ = returns([row("L1", 100, "A", Service="IDVA", Provision="Court support")])
    assert issued.lines[0].service == "IDVA \N{EN DASH} Court support"


def test_a_provider_of_one_area_has_its_code() -> None:
    (issued,), _ = returns([row("L1", 1, "A", area="E1"), row("L2", 1, "A", area="E1")])
    assert issued.area_code == "E1"
