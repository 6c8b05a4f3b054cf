"""Which line is which: by Line ID in two versions of one budget, else by service and provider."""

import pytest

from builders import YEAR, catalogue
from rules.compare.pairs import compared, only, service, statuses
from xlframework.model.budget import Line
from xlframework.rules.compare.findings import comparison_findings
from xlframework.rules.compare.records import Comparison


def rules(comparison: Comparison) -> list[str]:
    return [each.rule for each in comparison_findings(comparison, catalogue(), "old", "new")]


def pairs(comparison: Comparison) -> list[tuple[str | None, str | None]]:
    """Give the Line IDs of every line, before and after."""
    return [
        (each.old.line_id if each.old else None, each.new.line_id if each.new else None)
        for each in comparison.lines
    ]


@pytest.mark.parametrize(
    ("name", "provider"),
    [
        ("Victim First", "Catch 22"),
        ("VICTIM  first ", "catch 22"),
        ("Victim\N{NO-BREAK SPACE}First", "Catch\n22"),
    ],
)
def test_names_are_matched_blind_to_case_and_spaces(name: str, provider: str) -> None:
    old = service("Victim First", "Catch 22", line_id="A18-01")
    change = only(compared([old], [service(name, provider, line_id="A20-09")]))
    assert (change.status, change.matched_by) == ("unchanged", "service and provider")


def test_a_line_id_holds_a_line_that_has_another_name_and_amount() -> None:
    others = [service("Other", "Z", line_id="L2")]
    old, new = (
        service("Victim First", "Catch 22", 1_00, line_id="L1"),
        service("Victims First", "Catch 23", 2_00, line_id="L1"),
    )
    comparison = compared([old, *others], [new, *others])
    assert [(each.status, each.matched_by) for each in comparison.lines] == [
        ("changed", "Line ID"),
        ("unchanged", "Line ID"),
    ]
    assert comparison.by_ids is True
    assert rules(comparison) == []


def test_a_line_id_with_the_same_provider_and_amount_holds_a_renamed_service() -> None:
    old = service("Anchor Centre", "Inclusion Healthcare", 34_000_00, line_id="L1")
    new = service("Number 5", "Inclusion Healthcare", 34_000_00, line_id="L1")
    assert only(compared([old], [new])).matched_by == "Line ID"


def test_a_line_id_that_went_to_another_line_is_not_followed_and_is_reported() -> None:
    same = [service("Kept", "K", line_id="L2"), service("Kept too", "K", line_id="L3")]
    old = service("Warning Zone", "Warning Zone", 50_000_00, line_id="L1")
    new = service("Knife amnesty", "Force", 7_000_00, line_id="L1")
    comparison = compared([old, *same], [new, *same])
    assert statuses(comparison) == [
        ("Knife amnesty", "added"),
        ("Kept", "unchanged"),
        ("Kept too", "unchanged"),
        ("Warning Zone", "removed"),
    ]
    (finding,) = comparison_findings(comparison, catalogue(), "old", "new")
    assert (finding.rule, finding.severity) == ("compare-id-reused", "warning")
    assert finding.expected == "Warning Zone (Warning Zone)"
    assert finding.found == "Knife amnesty (Force)"
    assert (finding.place.sheet, finding.place.cell) == ("Lines", "A5")


def test_the_only_line_id_may_be_reused_too() -> None:
    comparison = compared(
        [service("Warning Zone", "Warning Zone", 50_000_00, line_id="L1")],
        [service("Knife amnesty", "Force", 7_000_00, line_id="L1")],
    )
    assert [status for _, status in statuses(comparison)] == ["added", "removed"]
    assert rules(comparison) == ["compare-ids-apart"]


def test_lines_numbered_anew_are_matched_by_name() -> None:
    names = ["Kicks", "Warning Zone", "IOM", "CHISVA", "Think Family"]
    old = [service(name, "City", 1_00, line_id=f"L{n}") for n, name in enumerate(names)]
    new = [service(name, "City", 1_00, line_id=f"L{n}") for n, name in enumerate(["New", *names])]
    comparison = compared(old, new)
    assert statuses(comparison) == [("New", "added"), *((name, "unchanged") for name in names)]
    assert comparison.by_ids is False
    (finding,) = comparison_findings(comparison, catalogue(), "old", "new")
    assert finding.rule == "compare-ids-apart"
    assert "and so with 4 more" in finding.message


def test_two_lines_that_swapped_their_ids_are_matched_by_name() -> None:
    same = [service(f"Kept {word}", "K", line_id=word) for word in ("red", "green", "blue")]
    city, county = ("Domestic Homicide Reviews", "City"), ("Domestic Homicide Reviews", "County")
    old = [service(*city, line_id="L1"), service(*county, line_id="L2"), *same]
    new = [service(*county, line_id="L1"), service(*city, line_id="L2"), *same]
    comparison = compared(old, new)
    assert {status for _, status in statuses(comparison)} == {"unchanged"}
    assert ("L1", "L2") in pairs(comparison)
    assert rules(comparison) == ["compare-id-reused", "compare-id-reused"]


def test_an_id_that_stands_twice_tells_nothing() -> None:
    old = [service("A", line_id="L1"), service("B", line_id="L1")]
    new = [service("B", line_id="L1"), service("C and more", "Z", line_id="L2")]
    comparison = compared(old, new)
    assert statuses(comparison) == [
        ("B", "unchanged"),
        ("C and more", "added"),
        ("A", "removed"),
    ]
    assert comparison.by_ids is None


REVIEWS = "Domestic Homicide Reviews"


def test_one_service_of_two_providers_is_two_lines() -> None:
    old = [service(REVIEWS, "City", 16), service(REVIEWS, "County", 17)]
    comparison = compared(old, [old[1], old[0]])
    assert [str(each.line.words["Provider"]) for each in comparison.lines] == ["County", "City"]
    assert {each.status for each in comparison.lines} == {"unchanged"}


def twins(*amounts: int, **words: str) -> list[Line]:
    return [
        service("Grant", "City", amount, line_id=f"L{n}", order=n, **words)
        for n, amount in enumerate(amounts)
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((1, 2), (1, 2), [("unchanged", 1, 1), ("unchanged", 2, 2)]),
        ((1, 2), (2, 1), [("unchanged", 2, 2), ("unchanged", 1, 1)]),
        ((1, 1), (1, 1), [("unchanged", 1, 1), ("unchanged", 1, 1)]),
        # No amount agrees: as they stand.
        ((1, 2), (3, 4), [("changed", 1, 3), ("changed", 2, 4)]),
        ((1, 2), (2,), [("unchanged", 2, 2), ("removed", 1, None)]),
        ((1,), (2, 1), [("added", None, 2), ("unchanged", 1, 1)]),
    ],
)
def test_lines_of_one_name_are_paired_one_to_one_by_what_else_agrees(
    before: tuple[int, ...], after: tuple[int, ...], expected: list[tuple[str, int, int]]
) -> None:
    old, new = (
        twins(*before),
        [
            service("Grant", "City", amount, line_id=f"N{n}", order=n)
            for n, amount in enumerate(after)
        ],
    )
    found = [
        (
            each.status,
            each.old.amounts[YEAR] if each.old else None,
            each.new.amounts[YEAR] if each.new else None,
        )
        for each in compared(old, new).lines
    ]
    assert found == expected


def test_lines_without_a_name_are_paired_only_within_their_section() -> None:
    old = [service("", "", 5), service("", "", 6, in_section="Young")]
    here = compared(old, [service("", "", 7, in_section="Young")])
    assert sorted(each.status for each in here.lines) == ["changed", "removed"]
    elsewhere = compared(old, [service("", "", 6, in_section="Old")])
    assert sorted(each.status for each in elsewhere.lines) == ["added", "removed", "removed"]
