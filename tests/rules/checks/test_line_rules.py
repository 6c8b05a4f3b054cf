"""The rules about identifiers, order, codes, areas and the section of a line."""

import pytest

from builders import budget, catalogue, line
from rules.checks.finding_shape import brief, figures
from xlframework.rules.checks.lines import areas, belonging, codes, identifiers, orders

LISTS = {"Term": ("Long", "Short"), "Reach": ()}


def test_lines_with_ids_of_their_own_pass() -> None:
    assert not list(identifiers(budget([line("L1"), line("L2"), line("L10")]), catalogue()))


def test_a_line_without_an_id_is_named_by_its_service() -> None:
    lines = [line("L1"), line("", row=6, words={"Service": "Refuge"})]
    (finding,) = identifiers(budget(lines), catalogue())
    assert brief(finding) == ("line-id-missing", "error", "Lines", "A6")
    assert finding.message == "the line Refuge has no Line ID"


def test_two_lines_without_an_id_are_not_two_of_one_id() -> None:
    found = identifiers(budget([line("", row=5), line("", row=6)]), catalogue())
    assert [finding.rule for finding in found] == ["line-id-missing"] * 2


def test_the_second_line_of_an_id_is_found_and_the_first_one_named() -> None:
    lines = [line("L1", row=5), line("L2", row=6), line("L1", row=7)]
    (finding,) = identifiers(budget(lines), catalogue())
    assert brief(finding) == ("line-id-duplicate", "error", "Lines", "A7")
    assert finding.found == "L1"
    assert "A5" in finding.message


@pytest.mark.parametrize("blank", ["", " ", "\N{NO-BREAK SPACE}"])
def test_a_line_names_its_block_and_its_section(blank: str) -> None:
    lines = [line("L1", row=5), line("L2", 100, row=6, block=blank, section=blank)]
    found = list(belonging(budget(lines), catalogue()))
    assert [brief(finding) for finding in found] == [
        ("line-section-blank", "error", "Lines", "C6"),
        ("line-section-blank", "error", "Lines", "D6"),
    ]


def test_a_line_without_an_order_is_warned_of() -> None:
    lines = [line("L1", order=10), line("L2", order=None, row=6), line("L3", order=0, row=7)]
    (finding,) = orders(budget(lines), catalogue())
    assert brief(finding) == ("line-order-missing", "warning", "Lines", "B6")


def test_an_order_stands_once_in_a_block() -> None:
    lines = [line("L1", order=10), line("L2", order=20), line("L3", order=10, row=7)]
    (finding,) = orders(budget(lines), catalogue())
    assert brief(finding) == ("line-order-duplicate", "warning", "Lines", "B7")
    assert finding.found == "10"
    assert "L1" in finding.message


def test_two_blocks_may_use_the_same_orders() -> None:
    lines = [line("L1", order=10), line("L2", order=10, block="External grants")]
    assert not list(orders(budget(lines), catalogue()))


@pytest.mark.parametrize("word", ["Long", "Short", ""])
def test_a_word_of_the_list_and_a_blank_pass(word: str) -> None:
    one = budget([line(words={"Term": word, "Reach": "Anywhere", "Other": "x"})], lists=LISTS)
    assert not list(codes(one, catalogue()))


@pytest.mark.parametrize("word", ["Longer", "long", "Long "])
def test_a_word_that_is_not_in_its_list_is_warned_of(word: str) -> None:
    (finding,) = codes(budget([line(words={"Term": word})], lists=LISTS), catalogue())
    assert brief(finding) == ("line-code-unlisted", "warning", "Lines", "F5")
    assert figures(finding) == ("Long or Short", word, None)


def test_a_long_list_is_not_read_out() -> None:
    lists = {"Term": tuple(f"Term {number}" for number in range(9))}
    (finding,) = codes(budget([line(words={"Term": "Other"})], lists=lists), catalogue())
    assert finding.expected is None


def test_an_area_code_stands_in_areas() -> None:
    lines = [
        line("L1", area_code="E06000016"),
        line("L2", area_code=""),
        line("L3", area_code="E06000099", row=7),
    ]
    (finding,) = areas(budget(lines, area_codes=["E06000016"]), catalogue())
    assert brief(finding) == ("line-area-unknown", "error", "Lines", "G7")
    assert finding.found == "E06000099"
