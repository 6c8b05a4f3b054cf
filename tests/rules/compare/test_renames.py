"""Renames are proposed, say what they rest on, and are never assumed."""

import pytest

from builders import NEXT_YEAR, YEAR
from rules.compare.pairs import compared, holding, only, service, statuses
from xlframework.model.budget import Line
from xlframework.rules.compare.likeness import likeness
from xlframework.rules.compare.records import LineChange

YEARS = (YEAR, NEXT_YEAR)


def renamed(old: Line, new: Line) -> LineChange:
    change = only(compared([old], [new]))
    assert change.status == "renamed (proposed)"
    assert change.matched_by == "proposal"
    return change


def is_proposed(old: Line, new: Line) -> bool:
    return len(compared([old], [new]).lines) == 1


def test_the_same_provider_and_amount_propose_a_rename() -> None:
    change = renamed(
        service("Anchor Centre/Recovery hub", "Inclusion Healthcare", 34_000_00),
        service("Number 5", "Inclusion Healthcare", 34_000_00),
    )
    assert change.why == ("the same provider", f"equal amounts (£34,000 in {YEAR})")
    assert change.if_right == "unchanged"


def test_two_equal_years_or_an_odd_amount_in_one_section_propose_a_rename() -> None:
    post = service("CSE Return Interview post", "Leicester City Council", 48_200_00)
    change = renamed(post, service("Missing co-ordinator", "Leicester County Council", 48_200_00))
    assert change.why == (f"equal amounts (£48,200 in {YEAR})", "the same section")
    twice = {YEAR: 48_000_00, NEXT_YEAR: 48_000_00}
    old = holding(service("Return post", "City", twice), headers=YEARS)
    new = holding(service("Missing", "Force", twice), headers=YEARS)
    change = only(compared(old, new))
    assert change.why == (f"equal amounts (£48,000 in {YEAR}, {NEXT_YEAR})", "the same section")


def test_a_rename_says_what_became_of_the_line_if_it_is_right() -> None:
    amounts = {YEAR: 48_200_00, NEXT_YEAR: 48_200_00}
    old = holding(service("Return post", "City", amounts), headers=YEARS)
    ended = {YEAR: 48_200_00, NEXT_YEAR: None}
    new = holding(service("Missing", "City", ended), headers=YEARS)
    change = only(compared(old, new))
    assert (change.status, change.if_right) == ("renamed (proposed)", "reduced to zero")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # One round amount in one section: so many lines have it.
        (service("A red one", "X", 50_000_00), service("B blue two", "Y", 50_000_00)),
        # An odd one, but elsewhere.
        (
            service("A red one", "X", 48_200_00),
            service("B blue two", "Y", 48_200_00, in_section="Young"),
        ),
        # The same provider, and nothing else.
        (service("A red one", "X", 1_00), service("B blue two", "X", 2_00)),
        # Nought is no amount to agree in, and blank neither.
        (service("A red one", "X", 0), service("B blue two", "X", 0)),
        (service("A red one", "X", None), service("B blue two", "X", None)),
        # A word of each that the other has not.
        (service("Misuse service City", "X", 1_00), service("Misuse service County", "X", 2_00)),
        (service("Adults Safeguarding", "X", 1), service("Childrens Safeguarding", "X", 2)),
        # Another year's programme.
        (service("Safer Streets 4", "X", 1_00), service("Safer Streets 5", "Y", 2_00)),
        # Too general a description.
        (
            service("A red one", "X", 1_00, Provision="Various"),
            service("B blue two", "X", 2_00, Provision="Various"),
        ),
    ],
)
def test_what_is_not_enough(old: Line, new: Line) -> None:
    assert not is_proposed(old, new)
    assert not is_proposed(new, old)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            service("YOS contribution Leicestershire", "X", 1_00),
            service("YOS contribution - Leicestershire", "X", 2_00),
            ("nearly the same service name", "the same provider"),
        ),
        (
            service("Suicide bereavement service", "To be tendered", 1_00),
            service("Suicide Bereavement Service", "Tomorrow Project", 2_00),
            ("the same service name",),
        ),
        (
            service("Achieve and Mosaics programmes", "Princes Trust", 1_00),
            service("Achieve and Mosaic programme", "Prince's Trust", 2_00),
            ("nearly the same service name", "nearly the same provider"),
        ),
        (
            service("Anchor Centre", "X", 1_00, Provision="Wet centre for street drinkers"),
            service("Number 5", "X", 2_00, Provision="Wet centre for street drinkers"),
            ("the same provider", "the same provision"),
        ),
    ],
)
def test_what_is_enough(old: Line, new: Line, why: tuple[str, ...]) -> None:
    assert renamed(old, new).why == why
    assert renamed(new, old).why == why


def test_a_shared_line_id_speaks_for_a_rename_that_would_not_stand_alone() -> None:
    same = [service("Kept", "K", line_id="L2"), service("Kept too", "K", line_id="L3")]
    old = service("Anchor Centre", "X", 1_00, line_id="L1")
    new = service("Number 5", "X", 2_00, line_id="L1")
    comparison = compared([old, *same], [new, *same])
    assert comparison.lines[0].why == ("the same Line ID", "the same provider")
    assert comparison.reused == ()


def test_grants_of_one_name_are_not_told_apart_by_that_name() -> None:
    old = [service("Grant", "Alpha", 1_00), service("Grant", "Beta", 2_00)]
    new = [service("Grant", "Gamma", 3_00), service("Grant", "Delta", 4_00)]
    assert {status for _, status in statuses(compared(old, new))} == {"added", "removed"}
    # With the amount it is worth a look again.
    paid = [service("Grant", "Gamma", 1_00), service("Grant", "Delta", 4_00)]
    proposal, *_ = compared(old, paid).lines
    assert proposal.why == ("the same service name", f"equal amounts (£1 in {YEAR})")


def test_each_line_is_proposed_once_and_the_strongest_first() -> None:
    old = [service("Recovery hub", "X", 34_000_00)]
    new = [
        service("Number 5", "X", 34_000_00),
        service("The recovery hub", "X", 34_000_00),
    ]
    assert statuses(compared(old, new)) == [
        ("Number 5", "added"),
        ("The recovery hub", "renamed (proposed)"),
    ]


def test_amounts_alone_that_fit_two_lines_propose_neither() -> None:
    old = [service("Return post", "City", 48_200_00)]
    new = [service("Missing", "County", 48_200_00), service("Nurses", "Trust", 48_200_00)]
    assert {status for _, status in statuses(compared(old, new))} == {"added", "removed"}


def test_a_proposal_with_a_rival_says_so() -> None:
    old = [service("Safeguarding Boards", "City and County", 1_00)]
    new = [service("Safeguarding Board", "North", 2_00), service("Safeguarding Board", "South", 3)]
    assert {status for _, status in statuses(compared(old, new))} == {"added", "removed"}
    apart = [service("Safeguarding Board A", "X", 2_00), service("Safeguarding Board B", "Y", 3)]
    proposal, other = compared([service("Safeguarding Board", "Z", 1)], apart).lines
    assert (proposal.status, other.status) == ("renamed (proposed)", "added")
    assert proposal.why == ("nearly the same service name", "but another line fits as well")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boards", "board"),
        ("Crime stoppers National Hub", "Crimestoppers National Hub"),
        ("24-7 Locks", "24/7 Locks"),
        ("Co-ordinator", "Coordinator"),
        ("Women's Aid", "Womens Aid"),
        ("Blaby PLF", "CSP - Blaby PLF"),
        ("Leicestershire Cares", "Cares, Leicestershire"),
    ],
)
def test_names_that_are_nearly_the_same(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", ""),
        ("Victim First", ""),
        ("-", "\N{EN DASH}"),
        ("Leicester City Council", "Leicester County Council"),
        ("Victim First", "Mental health in Victim First"),
        ("People Zones 2", "People Zones 3"),
        ("People Zones", "People Zones 2"),
        ("SARC", "MARAC"),
        ("Male worker", "Female worker"),
    ],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) == 0
