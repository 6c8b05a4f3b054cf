"""Subtotals of any lines: parts sum to the whole, and the order of the rows is nothing."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from builders import NEXT_YEAR, YEAR, budget, line, unread
from xlframework.model.budget import Amount, Budget, Line, Section, matching
from xlframework.rules.subtotals import in_print_order, total_up, with_missing_sections

HEADERS = (YEAR, NEXT_YEAR)
BLOCKS = ("Commissioning", "External grants", "COMMISSIONING")
SECTIONS = ("Victims", "Prevention", "victims", "Victims ")

AMOUNTS: st.SearchStrategy[Amount] = st.one_of(
    st.none(), st.just(unread()), st.integers(min_value=-(10**12), max_value=10**12)
)
LINES = st.lists(
    st.builds(
        lambda amounts, block, section: line("", amounts, block=block, section=section),
        st.fixed_dictionaries(dict.fromkeys(HEADERS, AMOUNTS)),
        st.sampled_from(BLOCKS),
        st.sampled_from(SECTIONS),
    ),
    max_size=30,
)
ORDERS = st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=12, max_size=12)


def full(lines: Sequence[Line]) -> Budget:
    return with_missing_sections(budget(lines, headers=HEADERS))


def reordered(sections: Sequence[Section], orders: Sequence[int | None]) -> list[Section]:
    pairs = zip(sections, orders, strict=False)
    return [replace(each, order=None if order is None else Decimal(order)) for each, order in pairs]


@given(LINES)
def test_the_lines_sections_and_blocks_all_come_to_the_grand_total(lines: list[Line]) -> None:
    totals = total_up(full(lines))
    for header in HEADERS:
        grand = totals.grand[header]
        assert sum(each.pence(header) for each in lines) == grand
        assert sum(each.pence[header] for each in totals.sections) == grand
        assert sum(block[header] for block in totals.blocks.values()) == grand


@given(LINES)
def test_a_block_is_the_sum_of_its_own_lines(lines: list[Line]) -> None:
    for name, pence in total_up(full(lines)).blocks.items():
        own = [each for each in lines if matching(each.block) == matching(name)]
        assert pence[YEAR] == sum(each.pence(YEAR) for each in own)


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_total(lines: list[Line], random: Random) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)
    one, other = total_up(full(lines)), total_up(full(shuffled))
    assert one.grand == other.grand
    assert {
        (matching(each.block), matching(each.section)): each.pence for each in one.sections
    } == {(matching(each.block), matching(each.section)): each.pence for each in other.sections}


@given(LINES)
def test_lines_without_an_amount_change_no_total(lines: list[Line]) -> None:
    empty: dict[str, Amount] = {YEAR: None, NEXT_YEAR: unread()}
    more = [replace(each, amounts=empty, shared_with="L1") for each in lines]
    assert total_up(full([*lines, *more])).grand == total_up(full(lines)).grand


@given(LINES)
def test_every_line_has_one_section_once_the_missing_ones_are_added(lines: list[Line]) -> None:
    sections = full(lines).sections
    names = [(matching(each.block), matching(each.name)) for each in sections]
    assert len(set(names)) == len(names)
    assert {(matching(each.block), matching(each.section)) for each in lines} == set(names)
    assert [each.order for each in sections] == [10 * n for n in range(1, len(sections) + 1)]


@given(LINES, ORDERS)
def test_blocks_stay_together_whatever_the_orders(
    lines: list[Line], orders: list[int | None]
) -> None:
    sections = reordered(full(lines).sections, orders)
    printed = [matching(each.block) for each in in_print_order(sections)]
    changes = sum(one != other for one, other in pairwise(printed))
    assert changes == max(0, len(set(printed)) - 1)


@given(LINES, ORDERS)
def test_printing_loses_no_section_and_sorts_each_block(
    lines: list[Line], orders: list[int | None]
) -> None:
    sections = reordered(full(lines).sections, orders)
    printed = in_print_order(sections)
    assert sorted(map(id, printed)) == sorted(map(id, sections))
    for block in {matching(each.block) for each in sections}:
        ranks = [
            (each.order is None, each.order or 0)
            for each in printed
            if matching(each.block) == block
        ]
        assert ranks == sorted(ranks)
