"""Whatever stands in the cells: the checks of names never fail, and likeness is even-handed."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import catalogue
from rules.checks.wordings import councils, names, printed, used, wording
from xlframework.rules.checks.name_parts import PLAIN, Manner, name_of
from xlframework.rules.checks.nearness import alike, alike_earlier
from xlframework.rules.checks.wording import check_wording
from xlframework.rules.checks.words import manner_of

PIECES = (
    "Leicester", "City", "County", "Council", "District", "Borough", "Melton", "and", "&", "the",
    "NHS", "Trust", "Service", "services", "SP5/6", "SV/DV", "MAPPA", "(UAVA)", "Make", "Makes",
    "co-ordinator", "coordinator", "24/7", "2", "II", "A", "\N{EN DASH}", "TBC", "",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=4).map("".join),
)
KINDS = st.sampled_from(tuple(names().kind))


def manners() -> st.SearchStrategy[Manner]:
    return st.one_of(
        st.just(PLAIN), KINDS.map(lambda kind: manner_of(kind, names(), councils(), ["Upton"]))
    )


@given(TEXTS, TEXTS, manners())
def test_likeness_is_even_handed_and_no_name_is_like_itself(
    one: str, other: str, manner: Manner
) -> None:
    first, second = name_of(one, manner), name_of(other, manner)
    assert alike(first, second) == alike(second, first)
    assert not alike(first, name_of(one, manner))


@given(st.lists(TEXTS, max_size=8), manners())
def test_the_search_finds_nothing_that_is_not_near(texts: list[str], manner: Manner) -> None:
    found = [name_of(text, manner) for text in texts]
    for number, earlier in enumerate(alike_earlier(found)):
        assert all(i < number and alike(found[number], found[i]) for i in earlier)


@given(
    st.lists(st.tuples(TEXTS, KINDS, st.booleans()), max_size=8),
    st.lists(st.tuples(TEXTS, TEXTS), max_size=4),
    st.lists(st.tuples(TEXTS, TEXTS), max_size=4),
    st.sampled_from([frozenset(), frozenset({"e06000016"}), frozenset({"x"})]),
)
def test_no_words_are_too_odd_to_be_checked(
    cells: Sequence[tuple[str, str, bool]],
    glossary: Sequence[tuple[str, str]],
    lines: Sequence[tuple[str, str]],
    codes: frozenset[str],
) -> None:
    words = [
        printed(text, kind, row, line=5) if is_printed else used(text, kind, row)
        for row, (text, kind, is_printed) in enumerate(cells, start=5)
        if kind in {"service", "provider", "place", "mechanism", "priority", "text"}
    ]
    taken = wording(*words, glossary=glossary, lines=lines, area_codes=codes)
    found = check_wording(taken, names(), councils(), catalogue())
    assert all(each.place.cell and each.severity in {"warning", "info"} for each in found)
    assert all(each.found != each.expected for each in found)
    # A pair is found once among the names of a kind, whichever of the two is the rarer; coded
    # words are compared twice, apart from what tables print and in it.
    near = Counter(
        (each.message.partition("'")[0], frozenset((each.found, each.expected)))
        for each in found
        if each.rule == "name-near"
    )
    assert all(times <= 1 + ("mechanism" in called) for (called, _), times in near.items())


@pytest.mark.parametrize("kind", ["service", "provider", "place", "mechanism"])
@given(text=TEXTS, times=st.integers(1, 4))
def test_one_name_however_often_is_never_found(kind: str, text: str, times: int) -> None:
    words = [used(text, kind, row) for row in range(5, 5 + times)]
    found = check_wording(wording(*words), names(), councils(), catalogue())
    assert "name-near" not in {each.rule for each in found}
