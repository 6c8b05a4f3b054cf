"""The rules about the names of blocks and sections, and about entered amounts."""

import pytest

from builders import NEXT_YEAR, YEAR, budget, catalogue, line, section, unread
from rules.checks.finding_shape import brief, figures
from xlframework.rules.checks.sections import (
    blank_names,
    duplicates,
    entered_amounts,
    missing_amounts,
    near_names,
    patterns,
    similar_names,
)


@pytest.mark.parametrize("name", ["Victims", "A & B", "Grants (MoJ)", "Over £5", "x=1", "V" * 255])
def test_a_plain_name_is_no_pattern(name: str) -> None:
    one = budget([line(section=name, words={"Service": "*?~"})], [section(name)])
    assert not list(patterns(one, catalogue()))


@pytest.mark.parametrize("name", ["Victims*", "Who?", "~", "<5", ">5", "=A1", "V" * 256])
def test_a_name_that_sumifs_takes_for_a_pattern_is_found_wherever_it_stands(name: str) -> None:
    one = budget(
        [line(section=name), line(block=name, row=6)], [section(name), section(block=name)]
    )
    assert [brief(finding) for finding in patterns(one, catalogue())] == [
        ("section-name-pattern", "error", "Sections", "C5"),
        ("section-name-pattern", "error", "Sections", "B5"),
        ("section-name-pattern", "error", "Lines", "D5"),
        ("section-name-pattern", "error", "Lines", "C6"),
    ]


def test_names_that_differ_in_more_than_case_and_spaces_pass() -> None:
    one = budget([line(section="Victim Services")], [section("Victims"), section("Victim")])
    assert not list(near_names(one, catalogue()))


@pytest.mark.parametrize("name", ["victims", " Victims", "Victims ", "VICTIMS"])
def test_two_spellings_of_one_section_are_found(name: str) -> None:
    one = budget([line(section="Victims"), line(section=name, row=6)], [section("Victims")])
    (finding,) = near_names(one, catalogue())
    assert brief(finding) == ("section-name-near", "error", "Lines", "D6")
    assert figures(finding) == ("Victims", name, None)
    assert "Sections C5" in finding.message


def test_spaces_inside_a_name_count_as_one() -> None:
    one = budget([line(section="Victim  Services")], [section("Victim Services")])
    assert [each.rule for each in near_names(one, catalogue())] == ["section-name-near"]


@pytest.mark.parametrize(
    ("one", "other"), [("1", "01"), ("1.1", "1.10"), ("1000", "1e3"), ("-0", "0.0"), ("+2", "2.")]
)
def test_two_spellings_of_one_number_are_found(one: str, other: str) -> None:
    both = budget([line(section=other)], [section(one)])
    assert [each.rule for each in near_names(both, catalogue())] == ["section-name-near"]


@pytest.mark.parametrize(
    ("one", "other"), [("1.1", "1.01"), ("1", "1a"), ("nan", "1"), ("inf", "9e999999"), ("", "0")]
)
def test_other_numbers_and_words_are_other_names(one: str, other: str) -> None:
    assert not list(near_names(budget([line(section=other)], [section(one)]), catalogue()))


def test_a_block_and_a_section_may_have_one_name() -> None:
    assert not list(near_names(budget([], [section("Grants", block="grants")]), catalogue()))


def test_a_section_stands_once_in_its_block() -> None:
    sections = [section(row=5), section(block="External grants", row=6), section("victims", row=7)]
    (finding,) = duplicates(budget([], sections), catalogue())
    assert brief(finding) == ("section-duplicate", "error", "Sections", "C7")
    assert "row 5" in finding.message


def test_an_entered_amount_alone_passes() -> None:
    lines = [line("L1", {YEAR: None, NEXT_YEAR: 100}), line("L2", 5, section="Prevention")]
    one = budget(lines, [section(entered={YEAR: 500})], headers=(YEAR, NEXT_YEAR))
    assert not list(entered_amounts(one, catalogue()))


def test_an_entered_amount_beside_the_amounts_of_lines_is_found_with_both() -> None:
    lines = [line("L1", 100), line("L2", None), line("", 23, row=7)]
    one = budget(lines, [section(entered={YEAR: 500})])
    (finding,) = entered_amounts(one, catalogue())
    assert brief(finding) == ("section-entered-twice", "error", "Sections", "D5")
    assert figures(finding) == ("1.23", "5.00", "3.77")
    assert "L1, row 7" in finding.message


@pytest.mark.parametrize("amount", [0, unread()])
def test_a_nought_or_an_unread_amount_of_a_line_counts_as_an_amount(amount: int) -> None:
    one = budget([line("L1", amount)], [section(entered={YEAR: 500})])
    assert [each.rule for each in entered_amounts(one, catalogue())] == ["section-entered-twice"]


def test_an_entered_amount_that_cannot_be_read_is_found() -> None:
    one = budget([line("L1", 100)], [section(entered={YEAR: unread("text", "tbc")})])
    (finding,) = entered_amounts(one, catalogue())
    assert brief(finding) == ("section-amount-unread", "error", "Sections", "D5")
    assert finding.found == "tbc"


def test_an_entered_amount_that_was_cleared_is_found() -> None:
    cleared = section(entered={YEAR: 500})
    whole = section("Prevention", entered={YEAR: 0, NEXT_YEAR: 0}, row=6)
    (finding,) = missing_amounts(
        budget([], [cleared, whole], headers=(YEAR, NEXT_YEAR)), catalogue()
    )
    assert brief(finding) == ("section-amount-missing", "warning", "Sections", "E5")


@pytest.mark.parametrize("amount", [0, 100, None])
def test_a_section_whose_lines_have_the_amount_is_not_missing_it(amount: int | None) -> None:
    lines = [line("L1", {YEAR: None, NEXT_YEAR: amount})]
    # With a blank on the line nothing has an amount in that column, which is not in use yet.
    one = budget(lines, [section(entered={YEAR: 500})], headers=(YEAR, NEXT_YEAR))
    assert not list(missing_amounts(one, catalogue()))


def test_a_section_of_lines_is_not_asked_for_amounts() -> None:
    lines = [line("L1", {YEAR: None, NEXT_YEAR: None})]
    sections = [section(), section("Prevention", entered={YEAR: 1, NEXT_YEAR: 1}, row=6)]
    one = budget(lines, sections, headers=(YEAR, NEXT_YEAR))
    assert not list(missing_amounts(one, catalogue()))


def test_a_slip_of_spelling_is_found_where_it_stands() -> None:
    lines = [line(section="Prevention"), line(section="Preventoin", row=6)]
    (finding,) = similar_names(budget(lines, [section("Prevention")]), catalogue())
    assert brief(finding) == ("section-name-similar", "warning", "Lines", "D6")
    assert figures(finding) == ("Prevention", "Preventoin", None)
    assert "Sections C5" in finding.message


def test_a_slip_that_has_made_a_row_of_its_own_is_found_there() -> None:
    sections = [section("Prevention"), section("Preventoin", row=6)]
    (finding,) = similar_names(budget([line(section="Preventoin")], sections), catalogue())
    assert brief(finding) == ("section-name-similar", "warning", "Sections", "C6")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Victims", "Victims"),
        ("Phase 1", "Phase 2"),
        ("Prevention", "Vulnerability"),
        ("Young people", "Older people"),
        ("ASB", "ASC"),
    ],
)
def test_names_that_are_meant_to_differ_pass(one: str, other: str) -> None:
    assert not list(
        similar_names(budget([line(section=one)], [section(one), section(other)]), catalogue())
    )


@pytest.mark.parametrize("name", ["", "  "])
def test_a_section_without_a_name_is_found(name: str) -> None:
    found = list(blank_names(budget([], [section("Victims"), section(name, row=6)]), catalogue()))
    assert [brief(finding) for finding in found] == [
        ("section-name-blank", "error", "Sections", "C6")
    ]
