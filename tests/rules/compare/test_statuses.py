"""What became of a line: one status, and everything that differs."""

from dataclasses import replace

import pytest

from builders import NEXT_YEAR, YEAR, section, unread
from rules.compare.pairs import compared, holding, only, service, statuses
from xlframework.model.budget import Amount
from xlframework.rules.compare.records import LineChange, WordChange


def one_line(before: Amount, after: Amount) -> LineChange:
    return only(compared([service("A", amounts=before)], [service("A", amounts=after)]))


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        (100_00, 100_00, "unchanged"),
        (0, 0, "unchanged"),
        (None, None, "unchanged"),
        (unread("text", "TBC"), unread("text", "TBC"), "unchanged"),
        (100_00, 100_01, "changed"),
        (100_00, -100_00, "changed"),
        (0, 100_00, "changed"),
        (None, 100_00, "changed"),
        # Blank is not nought, though no money moves.
        (None, 0, "changed"),
        (0, None, "changed"),
        (-100_00, 0, "changed"),
        # What cannot be read is neither.
        (unread("text", "TBC"), None, "changed"),
        (unread("text", "TBC"), unread("text", "n/a"), "changed"),
        (100_00, unread("text", "TBC"), "changed"),
        (100_00, 0, "reduced to zero"),
        (1, None, "reduced to zero"),
    ],
)
def test_an_amount_decides(before: Amount, after: Amount, status: str) -> None:
    assert one_line(before, after).status == status


YEARS = (YEAR, NEXT_YEAR)


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ((100, 100), (100, 0), "reduced to zero"),
        ((100, 100), (0, 0), "reduced to zero"),
        ((100, 0), (0, 0), "reduced to zero"),
        ((100, None), (None, None), "reduced to zero"),
        # Money moved from one year to the next has not ended.
        ((100, 100), (0, 100), "changed"),
        ((100, 0), (0, 100), "changed"),
        # Nought in both is no news, whatever the years before were.
        ((100, 0), (100, 0), "unchanged"),
        ((100, 0), (90, 0), "changed"),
        ((100, 0), (100, None), "changed"),
    ],
)
def test_of_several_years_the_latest_with_money_decides(
    before: tuple[Amount, ...], after: tuple[Amount, ...], status: str
) -> None:
    old, new = (
        holding(service("A", amounts=dict(zip(YEARS, amounts, strict=True))), headers=YEARS)
        for amounts in (before, after)
    )
    assert only(compared(old, new)).status == status


def test_the_years_are_taken_by_date_not_by_where_they_stand() -> None:
    backwards = (NEXT_YEAR, YEAR)
    old = holding(service("A", amounts={NEXT_YEAR: 100, YEAR: 100}), headers=backwards)
    new = holding(service("A", amounts={NEXT_YEAR: 100, YEAR: 0}), headers=backwards)
    assert only(compared(old, new)).status == "changed"


def test_a_line_on_one_side_only_is_added_or_removed() -> None:
    comparison = compared(
        [service("Gone", "X", 1_00)], [service("New and other", "Y", 2_00), service("New", "Z", 3)]
    )
    assert statuses(comparison) == [
        ("New and other", "added"),
        ("New", "added"),
        ("Gone", "removed"),
    ]
    assert [(each.old is None, each.new is None) for each in comparison.lines] == [
        (True, False),
        (True, False),
        (False, True),
    ]


def test_an_amount_that_another_line_covers_is_not_reduced_to_zero() -> None:
    old = [service("Adults", amounts=80, line_id="L1"), service("Children", line_id="L2")]
    shared = service("Children", amounts=None, line_id="L2", shared_with="L1")
    adults, children = compared(
        old, [service("Adults", amounts=180_00, line_id="L1"), shared]
    ).lines
    assert (adults.status, children.status) == ("changed", "changed")
    assert (dict(children.covered_before), dict(children.covered_after)) == ({}, {YEAR: "L1"})
    # Shared with a line that has no amount either: nobody pays for it.
    unpaid = [service("Adults", amounts=None, line_id="L1"), shared]
    assert compared(old, unpaid).lines[1].status == "reduced to zero"
    # An amount of nought counts itself.
    nought = [service("Adults", line_id="L1"), replace(shared, amounts={YEAR: 0})]
    assert compared(old, nought).lines[1].status == "reduced to zero"
    # Shared with nothing that is there.
    unknown = [service("Adults", line_id="L1"), replace(shared, shared_with="L9")]
    assert compared(old, unknown).lines[1].status == "reduced to zero"


def test_words_alone_are_a_change_and_are_listed() -> None:
    old = service("A", "Old name", line_id="L1", Term="Long", Reach="LLR")
    new = service("A", "New name", line_id="L1", Term="Long", Reach="Rutland", in_section="Young")
    change = only(compared([old], [new]))
    assert (change.status, change.matched_by) == ("changed", "Line ID")
    assert change.words == (
        WordChange("Section", "Victims", "Young"),
        WordChange("Provider", "Old name", "New name"),
        WordChange("Reach", "LLR", "Rutland"),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Support for victims", "support  for Victims"),
        ("hardening referrals", "hardening - referrals"),
        ("Children\N{RIGHT SINGLE QUOTATION MARK}s \N{EN DASH} all", "Children's - all"),
    ],
)
def test_case_spaces_and_a_lone_dash_are_no_change(before: str, after: str) -> None:
    change = only(compared([service("A", Provision=before)], [service("A", Provision=after)]))
    assert (change.status, change.words) == ("unchanged", ())


@pytest.mark.parametrize(("before", "after"), [("10.5", "105"), ("-5", "5"), ("24-7", "24/7")])
def test_a_sign_within_a_word_is_a_change(before: str, after: str) -> None:
    assert only(compared([service("A", Note=before)], [service("A", Note=after)])).words


def test_a_column_that_one_of_the_two_never_fills_is_not_compared() -> None:
    old = [service("A", Term="Long"), service("B", Term="Short")]
    assert [each.status for each in compared(old, [service("A"), service("B")]).lines] == [
        "unchanged",
        "unchanged",
    ]
    some = compared(old, [service("A", Term="Long"), service("B")])
    assert [each.words for each in some.lines] == [(), (WordChange("Term", "Short", ""),)]


def test_blocks_are_compared_only_where_they_are_the_same_scheme() -> None:
    core = section("Victims", block="Core")
    old = holding(service("A", block="Core"), service("B", block="Core"), sections=[core])
    renamed = holding(service("A", block="Main"), service("B", block="Main"), sections=[])
    assert [each.words for each in compared(old, renamed).lines] == [(), ()]
    one_moved = holding(service("A", block="core"), service("B", block="Main"), sections=[])
    assert [each.words for each in compared(old, one_moved).lines] == [
        (),
        (WordChange("Block", "Core", "Main"),),
    ]


def test_order_and_line_id_are_no_news() -> None:
    old = service("A", line_id="A18-01", order=10)
    new = service("A", line_id="A20-07", order=70)
    assert only(compared([old], [new])).status == "unchanged"


def test_sharing_with_the_same_line_under_its_new_id_is_no_change() -> None:
    old = [service("A", line_id="X1"), service("B", amounts=None, line_id="X2", shared_with="X1")]
    new = [service("A", line_id="Y1"), service("B", amounts=None, line_id="Y2", shared_with="Y1")]
    assert [each.status for each in compared(old, new).lines] == ["unchanged", "unchanged"]
    other = [*new, service("C", line_id="Y3")]
    other[1] = service("B", amounts=None, line_id="Y2", shared_with="Y3")
    assert compared(old, other).lines[1].words == (WordChange("Shared with", "X1", "Y3"),)
