"""The rule about words in a column of another kind."""

import pytest

from builders import catalogue
from rules.checks.finding_shape import brief, figures
from rules.checks.wordings import councils, names, printed, used, wording
from xlframework.ground.finding import Finding
from xlframework.rules.checks.misplaced import misplaced
from xlframework.rules.checks.words import UsedWord

LISTS = {
    "place": ("LLR", "Leicester City", "Rutland"),
    "mechanism": ("Grant", "Direct"),
    "term": ("Long", "Short", "Grant"),
}
GLOSSARY = (("SP5", "Victims"), ("SP6", "Victims"), ("YOS", ""))


def found(*words: UsedWord) -> list[Finding]:
    words_of_it = wording(*words, lists=LISTS, glossary=GLOSSARY)
    return list(misplaced(words_of_it, names(), councils(), catalogue()))


def test_words_of_their_own_kinds_pass() -> None:
    assert not found(
        used("Catch 22"),
        used("LLR", "place"),
        used("Grant", "mechanism"),
        used("Grant", "term"),
        used("SP2", "priority"),
        used("Leicester City Council", "provider", row=6),
    )


def test_a_reach_among_the_priorities_is_found_with_the_cells_of_both_sides() -> None:
    words = [used("LLR", "place", row=row) for row in (5, 6)]
    (finding,) = found(*words, printed("LLR", "priority", 9, line=5))
    assert brief(finding) == ("word-misplaced", "warning", "Printed", "D9")
    assert figures(finding) == (None, "LLR", None)
    assert finding.message == (
        "'LLR' stands under 'Priority 2 as printed', but it is a place, as in Lines L5:L6"
    )


@pytest.mark.parametrize(
    ("word", "kind", "is_a"),
    [
        ("Direct", "place", "mechanism"),
        ("Rutland", "mechanism", "place"),
        ("SP5/6", "place", "priority"),
        ("leicester  city", "priority", "place"),
        ("Long", "funding", "term"),
        ("Blaby District Council", "place", "provider"),
        ("LLR", "provider", "place"),
    ],
)
def test_a_word_that_is_known_of_another_kind_is_found(word: str, kind: str, is_a: str) -> None:
    (finding,) = found(used(word, kind))
    assert finding.message.endswith(f"but it is a {is_a}")


def test_a_provider_under_reach_is_found_at_that_cell() -> None:
    (finding,) = found(used("Catch 22"), used("Catch 22", "place", row=6))
    assert brief(finding)[2:] == ("Lines", "L6")
    assert "it is a provider, as in Lines G5" in finding.message


def test_where_no_list_says_so_the_word_belongs_where_it_stands_more_often() -> None:
    more = [used("Core grant", "funding", row=row) for row in (5, 6)]
    (finding,) = found(*more, used("Core grant", row=7))
    assert brief(finding)[2:] == ("Lines", "G7")
    assert not found(*more[:1], used("Core grant", row=7))


@pytest.mark.parametrize("kind", ["mechanism", "provider"])
def test_a_word_that_no_list_offers_belongs_where_it_stands_more_often_too(kind: str) -> None:
    """Another team's places, which the list of places does not have yet."""
    places = [used("Thames Valley", "place", row=row) for row in (5, 6, 7)]
    (finding,) = found(*places, used("Thames Valley", kind, row=8))
    assert finding.place.cell == ("H8" if kind == "mechanism" else "G8")
    assert "but it is a place, as in Lines L5:L7" in finding.message


@pytest.mark.parametrize("word", ["Various", "TBC", "Not applicable"])
def test_what_stands_where_there_is_no_word_yet_may_stand_anywhere(word: str) -> None:
    assert not found(used(word), used(word, "priority"), used(word, "place"))


def test_a_name_with_a_number_is_no_priority() -> None:
    assert not found(used("Cach 22"), used("SP7", "place"))


def test_a_service_may_be_called_after_anything() -> None:
    assert not found(used("Rutland", "service"), used("Catch 22", "service"), used("Catch 22"))
