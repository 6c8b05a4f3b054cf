"""Stated figures as a whole: their status, the reason, circles, and the findings."""

from dataclasses import replace
from fractions import Fraction

import pytest

from builders import YEAR, catalogue, unread
from rules.reconcile.stated import check, check_one, facts, figure, named_line
from xlframework.model.figures import StatedFigure
from xlframework.rules.reconcile.facts import Facts
from xlframework.rules.reconcile.figures import MERE_NUMBERS, NOT_DECLARED, Checked
from xlframework.rules.reconcile.findings import UNRECONCILED, figure_findings, figure_texts

OWN = facts(
    [
        named_line("L1", {YEAR: 100_00}, Service="Helpline"),
        named_line("L2", {YEAR: 250_50}, Service="Sport", section_name="Prevention"),
    ]
)
TOTAL = f"total([{YEAR}])"


def checked_all(*figures: StatedFigure, own: Facts = OWN) -> tuple[Checked, ...]:
    return check(replace(own, figures=figures))


def test_a_figure_agrees_or_differs_or_cannot_be_checked() -> None:
    agrees = check_one(TOTAL, "350.50", OWN)
    differs = check_one(TOTAL, "350", OWN, precision="0.01")
    silent = check_one('cannot("no reason")', "350", OWN)
    assert [each.status for each in (agrees, differs, silent)] == [
        "agrees",
        "differs",
        "cannot be checked",
    ]
    assert figure_texts(agrees) == {"stated": "350.50", "computed": "350.50", "difference": "0.00"}
    assert figure_texts(differs) == {
        "stated": "350.00",
        "computed": "350.50",
        "difference": "-0.50",
    }
    assert figure_texts(silent) == {"stated": "350.00", "computed": None, "difference": None}
    assert silent.message == "no reason"


def test_the_computed_figure_has_the_precision_of_the_stated_one() -> None:
    checked = check_one(TOTAL, "350", OWN)
    assert (checked.status, checked.exact) == ("differs", Fraction("350.5"))
    assert figure_texts(checked) == {
        "stated": "350.00",
        "computed": "351.00",
        "difference": "-1.00",
    }
    assert "was truncated, not rounded" in checked.message


def test_a_figure_whose_claim_is_not_declared_cannot_be_checked() -> None:
    (checked,) = checked_all(figure("  ", "5"))
    assert (checked.status, checked.message) == ("cannot be checked", NOT_DECLARED)
    assert figure_texts(checked)["stated"] == "5.00"
    (odd,) = checked_all(figure("", "5", unit="furlongs"))
    assert (odd.status, odd.message, odd.problem) == ("cannot be checked", NOT_DECLARED, None)


def test_all_parts_of_each_must_be_as_stated() -> None:
    parts = f'total([{YEAR}], [Line ID] = "L1"), total([{YEAR}],  [Line ID] = "L2")'
    assert check_one(f"each({parts})", "100", OWN).status == "differs"
    checked = check_one(f"each({parts}, 100)", "100", OWN)
    assert (checked.status, checked.exact) == ("differs", Fraction("250.5"))
    assert checked.message.startswith(f'total([{YEAR}], [Line ID] = "L2") comes to £250.50')
    assert check_one("each(lines(), 2, 3 - 1)", "2", OWN, unit="count").status == "agrees"


@pytest.mark.parametrize(
    ("claim", "stated", "furthest"),
    [("each(lines() + 1, 8)", "5", 8), ("each(lines() + 1, 7)", "5", 7)],
)
def test_the_furthest_part_is_shown_and_of_two_the_greater(
    claim: str, stated: str, furthest: int
) -> None:
    assert check_one(claim, stated, OWN, unit="count").computed == furthest


@pytest.mark.parametrize("line", ["5", "2 * 2.5", "each(5, 5)", 'edition("2018-21", 5)'])
def test_numbers_alone_would_check_a_figure_against_itself(line: str) -> None:
    checked = check_one(line, "5", OWN)
    assert (checked.status, checked.message) == ("cannot be checked", MERE_NUMBERS)
    assert (checked.computed, checked.problem) == (None, None)


def test_a_claim_in_another_kind_than_its_unit_is_broken() -> None:
    checked = check_one("lines()", "2", OWN)
    assert checked.status == "cannot be checked"
    assert "it comes to count, but the figure is stated in GBP" in checked.message
    assert check_one(f"{TOTAL} / 350.5", "100", OWN, unit="per cent").message.endswith(
        "it comes to pounds, but the figure is stated in per cent"
    )


# --- circles -------------------------------------------------------------------------


def circle(*lines: str, own: Facts = OWN) -> list[str]:
    """Give the messages of figures A, B, C, each computed by a line."""
    figures = [
        figure(line, "1", ref=ref, claim=f"Claim {ref}", row=row, unit="count")
        for row, (ref, line) in enumerate(zip("ABC", lines, strict=False), start=5)
    ]
    return [each.message for each in checked_all(*figures, own=own)]


def test_figures_that_only_vouch_for_each_other_are_found() -> None:
    first, second, third = circle('stated("B")', '1 * stated("C")', 'stated("A")')
    assert first == (
        "Computed by cannot be followed from character 1 on: it leads back to itself by way of "
        "'Claim B' and 'Claim C', so none of them is checked"
    )
    assert "from character 5 on: it leads back to itself by way of 'Claim A' and" in second
    assert "leads back to itself" in third


def test_a_figure_cannot_be_worked_out_from_itself() -> None:
    (message,) = circle('lines() - stated("A")')
    assert "from character 11 on: a figure cannot be worked out from itself" in message


def test_figures_that_lead_to_each_other_by_way_of_the_lines_check_each_other() -> None:
    assert circle('stated("B") + lines() - 2', 'stated("A") - lines() + 2') == ["", ""]


def test_figures_that_lead_to_each_other_and_to_a_third_check_each_other() -> None:
    lines = ('stated("B") + stated("C") - 1', '1 + stated("A") - stated("C")', "")
    assert circle(*lines) == ["", "", NOT_DECLARED]


def test_a_figure_may_lead_to_a_circle_that_it_is_no_part_of() -> None:
    _, second, third = circle('stated("B")', 'stated("A")', 'stated("A")')
    assert "leads back to itself" in second
    assert third == ""


def test_a_reference_into_another_edition_is_no_circle() -> None:
    own = figure('edition("a", stated("A"))', "1", ref="A", unit="count")
    other = facts(edition="a", figures=[figure("", "1", ref="A", unit="count")])
    (checked,) = check(replace(OWN, figures=(own,)), a=other)
    assert checked.status == "agrees"


# --- findings ------------------------------------------------------------------------


def test_a_figure_that_differs_is_found_at_its_stated_cell() -> None:
    checked = check_one(TOTAL, "350", OWN, precision="0.01")
    (found,) = figure_findings([checked], catalogue())
    assert (found.rule, found.severity) == ("figure-differs", "error")
    assert str(found.place) == "budget.xlsx, sheet Figures, cell C5"
    assert (
        found.message
        == "A claim: it comes to £350.50; the stated £350.00 was truncated to a multiple of £1"
    )
    assert (found.expected, found.found, found.difference) == ("350.50", "350.00", "-0.50")


def test_a_refresh_reports_it_more_gently() -> None:
    checked = check_one(TOTAL, "350", OWN)
    (found,) = figure_findings([checked], catalogue(), UNRECONCILED)
    assert (found.rule, found.severity) == ("figure-unreconciled", "warning")


def test_a_broken_line_is_found_at_its_cell_with_the_character() -> None:
    checked = check_one("totl([A])", "350", OWN)
    (found,) = figure_findings([checked], catalogue())
    assert (found.rule, found.severity, found.place.cell) == ("figure-broken", "error", "F5")
    assert found.message == (
        "A claim: Computed by cannot be followed from character 1 on: there is no function totl; "
        "did you mean total?"
    )
    assert found.found == "totl([A])"


def test_a_cell_that_cannot_be_read_is_found_where_it_stands() -> None:
    checked = check_one(TOTAL, "350", OWN, unit="pounds", precision="1")
    (found,) = figure_findings([checked], catalogue())
    assert (found.rule, found.severity, found.place.cell) == ("figure-unread", "error", "D5")
    assert checked.status == "cannot be checked"


def test_what_cannot_be_checked_for_a_good_reason_is_no_finding() -> None:
    broken = replace(OWN, budget=facts([named_line("L1", unread())]).budget)
    silent = (
        check_one('cannot("x")', "1", OWN),
        check_one("", "1", OWN),
        check_one('edition("1999-00", pot())', "1", OWN),
        check_one(TOTAL, "1", broken),
        check_one(TOTAL, "350.50", OWN),
    )
    assert [each.status for each in silent] == ["cannot be checked"] * 4 + ["agrees"]
    assert list(figure_findings(silent, catalogue())) == []
