"""The rules about what stands in an amount column."""

import pytest

from builders import NEXT_YEAR, YEAR, budget, catalogue, line, unread
from rules.checks.finding_shape import brief, figures
from xlframework.model.budget import Amount, UnreadReason
from xlframework.rules.checks.lines import amounts, negative_amounts

REASONS: dict[UnreadReason, str] = {
    "text": "line-amount-text",
    "logical": "line-amount-text",
    "error": "line-amount-error",
    "date": "line-amount-date",
    "fraction": "line-amount-fraction",
    "large": "line-amount-large",
    "not calculated": "line-amount-not-calculated",
}


@pytest.mark.parametrize("amount", [None, 0, 1, 133945438, -5])
def test_an_amount_that_was_read_passes_and_so_does_a_blank(amount: Amount) -> None:
    assert not list(amounts(budget([line("L1", amount)]), catalogue()))


@pytest.mark.parametrize(("reason", "rule"), REASONS.items())
def test_every_reason_has_its_rule_and_its_cell(reason: UnreadReason, rule: str) -> None:
    lines = [line("L1", 100), line("L2", {YEAR: 7, NEXT_YEAR: unread(reason, "seen")}, row=6)]
    (finding,) = amounts(budget(lines, headers=(YEAR, NEXT_YEAR)), catalogue())
    assert brief(finding) == (rule, "error", "Lines", "J6")
    assert finding.found == "seen"
    assert "seen" in finding.message
    assert finding.message.startswith("L2 (Service L2), 2025/26 Budget: ")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("£1114", "1114.00"),
        ("1,339,454.38", "1339454.38"),
        ("(500)", "-500.00"),
        ("n/a", None),
        ("1.2k", None),
    ],
)
def test_a_text_that_means_an_amount_says_which(text: str, meant: str | None) -> None:
    (finding,) = amounts(budget([line("L1", unread("text", text))]), catalogue())
    assert figures(finding) == (meant, text, None)


def test_only_text_is_guessed_at() -> None:
    (finding,) = amounts(budget([line("L1", unread("fraction", "12"))]), catalogue())
    assert finding.expected is None


def test_a_text_names_braces_as_they_stand() -> None:
    (finding,) = amounts(budget([line("L1", unread("text", "{0} {shown}"))]), catalogue())
    assert "'{0} {shown}'" in finding.message


@pytest.mark.parametrize("amount", [None, 0, 1, unread("text", "-5")])
def test_what_is_not_below_nought_passes(amount: Amount) -> None:
    assert not list(negative_amounts(budget([line("L1", amount)]), catalogue()))


def test_an_amount_below_nought_is_warned_of() -> None:
    lines = [line("L1", 100), line("L2", -50, row=6)]
    (finding,) = negative_amounts(budget(lines), catalogue())
    assert brief(finding) == ("line-amount-negative", "warning", "Lines", "I6")
    assert figures(finding) == (None, "-0.50", None)
