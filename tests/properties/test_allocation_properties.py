"""Any split: exact to the penny, inside its bounds, blind to order, fair to a rise in need."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rules.allocation.splits import area, by_code, indicator
from xlframework.ground.errors import AllocationError
from xlframework.model.areas import CspArea
from xlframework.model.formula import Basis, Formula, Quantity
from xlframework.rules.allocation.allocate import Split, allocate
from xlframework.rules.allocation.apportion import apportion
from xlframework.rules.allocation.bounds import Limits, OutOfReachError, bounded, clamp

CODES = "ABCDEFGHI"
COUNTS = st.integers(0, 10**6)
FEW = st.integers(0, 9)


@st.composite
def found_areas(draw: st.DrawFn) -> list[CspArea]:
    number = draw(st.integers(1, 9))
    numbers = draw(st.sampled_from([COUNTS, FEW]))
    found = [
        area(
            CODES[i],
            draw(numbers),
            population=draw(numbers),
            previous=draw(st.integers(0, 2000)),
            harm=draw(numbers),
        )
        for i in range(number)
    ]
    assume(all(any(each.value(name) for each in found) for name in ("crime", "population", "harm")))
    assume(any(each.previous for each in found))
    return found


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    """Draw a formula without bounds, damping or phasing."""
    parts = draw(st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any))
    weights = [Fraction(part, sum(parts)) for part in parts]
    basis: Basis = draw(st.sampled_from(["count", "share"]))
    unit = draw(st.sampled_from([1, 50, 100, 1000]))
    names = ("Crime", "Population", "Harm")
    return Formula(
        tuple(
            replace(indicator(name, basis), weight=weight)
            for name, weight in zip(names, weights, strict=True)
        ),
        pot=unit * draw(st.integers(0, 100_000)),
        unit=unit,
        top_slice=draw(
            st.one_of(
                st.none(),
                st.integers(0, 100).map(lambda each: Quantity(Fraction(each, 100), "per cent")),
            )
        ),
        base_amount=draw(st.sampled_from([0, 0, 1, 250])),
    )


def softened(draw_from: int, how: Formula, size: int) -> Formula:
    """Give a formula one of the ways of softening, more or less tight by size 0 to 100."""
    fraction = Fraction(size, 100)
    ways: list[dict[str, object]] = [
        {},
        {"floor": Quantity(fraction, "per cent of previous")},
        {"ceiling": Quantity(1 + fraction, "per cent of previous")},
        {
            "floor": Quantity(fraction * how.pot / 20, "pounds"),
            "ceiling": Quantity((1 - fraction / 2) * how.pot, "pounds"),
        },
        {"damping": fraction - 1},
        {"phase": fraction},
    ]
    return replace(how, **ways[draw_from % len(ways)])  # type: ignore[arg-type]


def split_or_none(found: Sequence[CspArea], how: Formula) -> Split | None:
    try:
        return allocate(found, how)
    except AllocationError:
        return None


@given(found_areas(), formulas(), st.integers(0, 5), st.integers(0, 100))
@settings(max_examples=300)
def test_the_awards_always_sum_to_the_pot_and_keep_their_bounds(
    found: list[CspArea], how: Formula, way: int, size: int
) -> None:
    split = split_or_none(found, softened(way, how, size))
    assume(split is not None)
    assert split is not None
    assert split.total == how.pot - split.top_slice == split.to_split
    assert sum(each.share for each in split.areas) == 1
    assert sum(each.need for each in split.areas) == split.to_split
    assert sum(each.exact for each in split.areas) == split.to_split
    for each in split.areas:
        assert each.award % how.unit == 0
        assert each.award >= (each.low or 0)
        assert each.high is None or each.award <= each.high
        assert abs(each.award - each.exact) < how.unit
    assert sorted(each.rank for each in split.areas) == list(range(1, len(found) + 1))


@given(found_areas(), formulas(), st.integers(0, 5), st.integers(0, 100), st.randoms())
def test_the_order_of_the_rows_does_not_matter(
    found: list[CspArea], how: Formula, way: int, size: int, random: Random
) -> None:
    mixed = found.copy()
    random.shuffle(mixed)
    soft = softened(way, how, size)
    assert split_or_none(mixed, soft) == split_or_none(found, soft)


@given(found_areas(), formulas(), st.integers(0, 8), st.integers(1, 10**6))
@settings(max_examples=200)
def test_an_award_never_falls_when_its_own_indicator_rises(
    found: list[CspArea], how: Formula, which: int, more: int
) -> None:
    before = split_or_none(found, how)
    assume(before is not None)
    assert before is not None
    chosen = found[which % len(found)]
    raised = area(chosen.code, int(chosen.value("crime")) + more, previous=0)
    raised = replace(raised, values={**chosen.values, "crime": raised.values["crime"]})
    after = allocate([raised if each is chosen else each for each in found], how)
    assert by_code(after)[chosen.code] >= by_code(before)[chosen.code]


@given(found_areas(), formulas(), st.integers(-100, 10))
def test_damping_protects_and_never_lifts_a_gain(
    found: list[CspArea], how: Formula, growth: int
) -> None:
    split = split_or_none(found, replace(how, damping=Fraction(growth, 100)))
    assume(split is not None)
    assert split is not None
    assert split.factor is not None
    assert 0 <= split.factor <= 1
    for each in split.areas:
        assert each.previous is not None
        assert each.award >= each.previous * (1 + Fraction(growth, 100))
        assert each.exact <= max(each.need, Fraction(each.low or 0))


@given(found_areas(), formulas())
def test_phasing_ends_at_need_and_starts_at_the_previous_split(
    found: list[CspArea], how: Formula
) -> None:
    plain = split_or_none(found, how)
    assume(plain is not None)
    assert plain is not None
    arrived = allocate(found, replace(how, phase=Fraction(1)))
    assert by_code(arrived) == by_code(plain)
    start = allocate(found, replace(how, phase=Fraction(0)))
    previous = sum(each.previous or 0 for each in found)
    for each in start.areas:
        assert each.exact == Fraction(start.to_split * (each.previous or 0), previous)


@given(st.integers(1, 9), st.integers(0, 1000))
def test_equal_areas_differ_by_a_unit_at_most_in_order_of_their_codes(
    number: int, pot: int
) -> None:
    split = allocate([area(CODES[i], 7) for i in range(number)], Formula((indicator(),), pot, 1))
    awards = [each.award for each in split.areas]
    assert awards == sorted(awards, reverse=True)
    assert max(awards) - min(awards) <= 1


# --- the bounded split against enumeration -------------------------------------------------

LIMITS = st.tuples(st.integers(0, 12), st.one_of(st.none(), st.integers(0, 12))).map(
    lambda pair: Limits(pair[0], None if pair[1] is None else pair[0] + pair[1])
)


def enumerated(
    shares: Sequence[Fraction], base: int, within: Sequence[Limits], pot: int
) -> set[tuple[Fraction, ...]]:
    """Try every way for each area to be at its floor, free, or at its ceiling."""
    found: set[tuple[Fraction, ...]] = set()
    for states in product((-1, 0, 1), repeat=len(shares)):
        for t in _candidates(shares, base, within, pot, states):
            awards = tuple(
                clamp(base + t * s, limit) for s, limit in zip(shares, within, strict=True)
            )
            if sum(awards) == pot:
                found.add(awards)
    return found


def _candidates(
    shares: Sequence[Fraction],
    base: int,
    within: Sequence[Limits],
    pot: int,
    states: Sequence[int],
) -> list[Fraction]:
    held, free_share, free_base = Fraction(0), Fraction(0), 0
    edges: list[Fraction] = []
    for share, limit, state in zip(shares, within, states, strict=True):
        edge = {-1: limit.low, 0: None, 1: limit.high}[state]
        if state and edge is None:
            return []
        if edge is None:
            free_share, free_base = free_share + share, free_base + base
        else:
            held += edge
            edges += [Fraction(edge - base) / share] if share else []
    if free_share:
        return [(pot - held - free_base) / free_share]
    return edges


@given(
    st.lists(st.tuples(st.integers(0, 5), LIMITS), min_size=1, max_size=4),
    st.integers(0, 6),
    st.integers(0, 40),
)
@settings(max_examples=400)
def test_the_bounded_split_is_the_only_one_that_enumeration_finds(
    lines: list[tuple[int, Limits]], base: int, pot: int
) -> None:
    total = sum(weight for weight, _ in lines)
    assume(total > 0)
    shares = [Fraction(weight, total) for weight, _ in lines]
    within = [limit for _, limit in lines]
    every = enumerated(shares, base, within, pot)
    if every:
        assert every == {bounded(shares, base, within, pot).exact}
        return
    with pytest.raises(OutOfReachError) as caught:
        bounded(shares, base, within, pot)
    least, most = caught.value.least, caught.value.most
    assert least > pot or (most is not None and most < pot)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=4).filter(any), st.integers(0, 9))
def test_no_other_whole_split_is_nearer(weights: list[int], pot: int) -> None:
    exact = [Fraction(pot * weight, sum(weights)) for weight in weights]
    rounded = apportion(exact, CODES[: len(weights)], 1)
    ours = sum((each.award - amount) ** 2 for each, amount in zip(rounded, exact, strict=True))
    every = (split for split in product(range(pot + 1), repeat=len(weights)) if sum(split) == pot)
    assert ours == min(
        sum((each - amount) ** 2 for each, amount in zip(split, exact, strict=True))
        for split in every
    )
