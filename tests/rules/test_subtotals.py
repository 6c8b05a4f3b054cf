"""Subtotals: what counts where, and in which order sections print."""

from decimal import Decimal

from builders import NEXT_YEAR, YEAR, budget, line, section, unread
from xlframework.rules.subtotals import (
    in_print_order,
    key_of,
    line_sums,
    missing_sections,
    total_up,
    with_missing_sections,
)

GRANTS = "External grants"


def test_a_section_is_the_sum_of_its_lines() -> None:
    totals = total_up(budget([line("L1", 100), line("L2", 250)], [section()]))
    assert totals.sections[0].pence == {YEAR: 350}


def test_sections_of_one_name_in_two_blocks_are_kept_apart() -> None:
    lines = [line("L1", 100), line("L2", 250, block=GRANTS)]
    totals = total_up(budget(lines, [section(), section(block=GRANTS)]))
    assert [each.pence[YEAR] for each in totals.sections] == [100, 250]


def test_years_are_added_up_apart() -> None:
    lines = [line("L1", {YEAR: 100, NEXT_YEAR: 7}), line("L2", {YEAR: None, NEXT_YEAR: 5})]
    totals = total_up(budget(lines, [section()], headers=(YEAR, NEXT_YEAR)))
    assert totals.sections[0].pence == {YEAR: 100, NEXT_YEAR: 12}
    assert totals.grand == {YEAR: 100, NEXT_YEAR: 12}


def test_a_blank_and_an_unread_amount_count_nothing() -> None:
    lines = [line("L1", 100), line("L2", None), line("L3", unread()), line("L4", {})]
    assert total_up(budget(lines, [section()])).grand == {YEAR: 100}


def test_an_amount_on_a_shared_line_counts_itself() -> None:
    lines = [line("L1", 100), line("L2", 40, shared_with="L1")]
    assert total_up(budget(lines, [section()])).grand == {YEAR: 140}


def test_a_blank_amount_on_a_shared_line_is_not_counted_again() -> None:
    lines = [line("L1", 100), line("L2", None, shared_with="L1")]
    assert total_up(budget(lines, [section()])).grand == {YEAR: 100}


def test_names_are_matched_blind_to_case_but_not_to_spaces() -> None:
    lines = [line("L1", 100, section="VICTIMS"), line("L2", 40, section="Victims ")]
    sums = line_sums(budget(lines))
    assert sums[key_of(section())] == {YEAR: 100}
    assert sums["commissioning", "victims "] == {YEAR: 40}


def test_an_entered_amount_stands_for_a_section_without_lines() -> None:
    totals = total_up(budget([], [section("Victims", {YEAR: 5000}), section("Prevention")]))
    assert totals.sections[0].entered == {YEAR}
    assert totals.grand == {YEAR: 5000}


def test_an_entered_nought_is_an_amount() -> None:
    assert total_up(budget([], [section(entered={YEAR: 0})])).sections[0].entered == {YEAR}


def test_an_entered_amount_that_cannot_be_read_counts_nothing() -> None:
    totals = total_up(budget([line("L1", 100)], [section(entered={YEAR: unread()})]))
    assert totals.sections[0].entered == frozenset()
    assert totals.grand == {YEAR: 100}


def test_blocks_are_totalled_in_printed_order_under_their_first_spelling() -> None:
    sections = [
        section("B", order=20, block=GRANTS),
        section("A", order=10),
        section("C", order=30, block=GRANTS.upper()),
    ]
    lines = [line("L1", 1, section="A"), line("L2", 2, section="B", block=GRANTS)]
    totals = total_up(budget([*lines, line("L3", 4, section="C", block=GRANTS)], sections))
    assert list(totals.blocks.items()) == [("Commissioning", {YEAR: 1}), (GRANTS, {YEAR: 6})]


def test_an_empty_budget_comes_to_nought() -> None:
    assert total_up(budget()).grand == {YEAR: 0}


def test_missing_sections_follow_in_the_order_of_the_lines_in_steps_of_ten() -> None:
    lines = [
        line("L1", section="Prevention"),
        line("L2", section="Victims"),
        line("L3", section="Vulnerability"),
        line("L4", section="prevention"),
    ]
    missing = missing_sections(budget(lines, [section("Victims", order=35)]))
    assert [(each.name, each.order) for each in missing] == [
        ("Prevention", Decimal(45)),
        ("Vulnerability", Decimal(55)),
    ]


def test_a_section_is_missing_in_the_block_of_its_line() -> None:
    missing = missing_sections(budget([line("L1", block=GRANTS)], [section()]))
    assert [(each.block, each.name) for each in missing] == [(GRANTS, "Victims")]


def test_a_line_without_a_block_or_a_section_asks_for_none() -> None:
    assert missing_sections(budget([line("L1", block=""), line("L2", section="")])) == ()


def test_missing_sections_come_after_those_that_are_there() -> None:
    full = with_missing_sections(budget([line("L1", section="New")], [section()]))
    assert [each.name for each in full.sections] == ["Victims", "New"]
    assert with_missing_sections(full) == full


def test_a_block_is_kept_together_and_stands_where_its_first_section_does() -> None:
    sections = [
        section("C", order=40),
        section("B", order=20, block=GRANTS),
        section("A", order=10),
        section("D", order=30, block=GRANTS),
    ]
    assert [each.name for each in in_print_order(sections)] == ["A", "C", "B", "D"]


def test_a_section_without_an_order_prints_last_in_its_block() -> None:
    sections = [section("B", order=None), section("A", order=10), section("Z", block=GRANTS)]
    names = [each.name for each in in_print_order(sections)]
    assert names.index("B") == names.index("A") + 1


def test_a_block_without_any_order_prints_last() -> None:
    sections = [section("A", order=None), section("B", order=10, block=GRANTS)]
    assert [each.name for each in in_print_order(sections)] == ["B", "A"]


def test_equal_orders_keep_the_order_of_the_rows() -> None:
    sections = [section("B"), section("A")]
    assert [each.name for each in in_print_order(sections)] == ["B", "A"]
