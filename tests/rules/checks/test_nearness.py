"""Names that are nearly the same, against pairs that a person has judged.

`near_names.csv` holds real pairs of the published tables, and look-alikes; `Near` is what a
person says of them.
"""

import csv
from pathlib import Path

import pytest

from rules.checks.wordings import councils, names
from xlframework.rules.checks.name_parts import PLAIN, Manner, name_of, tokens
from xlframework.rules.checks.nearness import alike, alike_among, alike_earlier, is_slip, likeness
from xlframework.rules.checks.words import manner_of

with (Path(__file__).parent / "near_names.csv").open(encoding="utf-8", newline="") as stream:
    PAIRS = [
        (row["Kind"], row["One"], row["Other"], row["Near"] == "yes")
        for row in csv.DictReader(stream)
    ]

# Names that lack a word which may mean something: finding these would find look-alikes too.
NOT_TOLD = {
    ("Crimestoppers", "Crime stoppers National Hub"),
    ("Leicestershire Police", "Police"),
    ("Changing Lives Rutland", "Changing Lives"),
    ("Grant Funded", "Grant funding"),
}


def are_near(kind: str, one: str, other: str) -> bool:
    manner = manner_of(kind, names(), councils())
    return alike(name_of(one, manner), name_of(other, manner))


@pytest.mark.parametrize(("kind", "one", "other", "near"), PAIRS)
def test_a_pair_is_judged_as_a_person_judges_it(
    kind: str, one: str, other: str, *, near: bool
) -> None:
    expected = near and (one, other) not in NOT_TOLD
    assert are_near(kind, one, other) == expected
    assert are_near(kind, other, one) == expected


def test_the_search_finds_every_pair_that_is_near() -> None:
    for kind, one, other, _ in PAIRS:
        manner = manner_of(kind, names(), councils())
        pair = [name_of(one, manner), name_of(other, manner)]
        found = ((0,),) if alike(*pair) else ((),)
        assert alike_earlier(pair)[1:] == found
        assert alike_among(pair[1:], pair[:1]) == found


def test_precision_and_recall_on_the_judged_pairs() -> None:
    told = [near for kind, one, other, near in PAIRS if are_near(kind, one, other)]
    real = sum(near for *_, near in PAIRS)
    assert (len(told), sum(told), real, len(PAIRS)) == (45, 45, 49, 105)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Women\N{RIGHT SINGLE QUOTATION MARK}s Aid & Hope", ("womens", "aid", "and", "hope")),
        ("24/7 Locks", ("24", "7", "locks")),
        ("Café \N{EN DASH} Co-op", ("cafe", "co", "op")),
        ("  ", ()),
        ("*_*", ()),
    ],
)
def test_words_are_compared_without_signs_accents_and_capitals(
    text: str, expected: tuple[str, ...]
) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("funded", "fundde", True),  # swapped
        ("abuse", "abuuse", True),  # doubled
        ("abuse", "abue", True),  # missing
        ("grant", "grand", True),  # wrong
        ("witness", "witnesses", True),  # a plural
        ("vulnerability", "vulnerabilly", True),  # two, in a long word
        ("mentoring", "monitoring", False),  # two, in a shorter one
        ("abcdefghijk", "xbcdefghijy", False),  # two, the first letter among them
        ("hope", "home", False),  # too short
        ("u17", "u18", False),  # numbers
    ],
)
def test_a_slip_of_the_hand(one: str, other: str, *, expected: bool) -> None:
    assert is_slip(one, other) == is_slip(other, one) == expected


def test_words_that_are_declared_make_no_difference_or_all_of_it() -> None:
    manner = Manner(
        ignored=frozenset({"the"}),
        apart=frozenset({"upton", "uxton"}),
        may_lack=frozenset({"trust"}),
        equal={"limited": "ltd"},
        phrases=((("greater", "upton"), ("upton",)),),
    )

    def near(one: str, other: str) -> bool:
        return alike(name_of(one, manner), name_of(other, manner))

    assert near("The Hope Trust", "Hope")
    assert near("Hope Limited", "Hope Ltd")
    assert near("Hope Greater Upton", "Hope Upton")
    assert not near("Hope Upton", "Hope Uxton")
    # Without the word that it may lack, nothing but a place is left.
    assert not near("Upton Trust", "Upton")
    assert near("Hopes Trust", "Hope")


def test_nothing_is_like_a_text_without_words() -> None:
    assert not alike(name_of("..."), name_of("-"))
    assert not alike(name_of(""), name_of("Hope"))
    assert likeness(name_of("Hope"), name_of("Hope")) == 100


def test_numbers_and_single_letters_tell_apart_though_nothing_is_declared() -> None:
    assert not alike(name_of("Phase 1", PLAIN), name_of("Phase 2", PLAIN))
    assert not alike(name_of("Band A support"), name_of("Band B support"))
    assert alike(name_of("Phase 1 suport"), name_of("Phase 1 support"))
