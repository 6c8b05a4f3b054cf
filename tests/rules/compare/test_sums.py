"""Sums before and after: by section, in all, with amounts that were entered."""

from fractions import Fraction

import pytest

from builders import NEXT_YEAR, YEAR, budget, catalogue, section
from rules.compare.pairs import compared, holding, only, service
from xlframework.ground.errors import MisuseError
from xlframework.rules.compare.columns import choose_columns
from xlframework.rules.compare.compare import compare_budgets
from xlframework.rules.compare.findings import comparison_findings
from xlframework.rules.compare.records import ColumnPair, Comparison, Movement

PAIR = ColumnPair(YEAR, YEAR)


def sums(comparison: Comparison) -> list[tuple[str, int | None, int | None]]:
    return [
        (each.section, movement.before, movement.after)
        for each in comparison.sections
        for movement in each.movements
    ]


def test_sections_stand_in_the_new_order_and_those_that_are_gone_last() -> None:
    old = holding(
        service("A", "X", 1_00, in_section="Gone"),
        service("B", "Y", 2_00),
        sections=[section("Gone"), section("Victims", order=20)],
    )
    new = holding(
        service("B", "Y", 5_00),
        service("C is new", "Z", 7_00, in_section="New"),
        sections=[section("New"), section("VICTIMS", order=20)],
    )
    comparison = compared(old, new)
    assert sums(comparison) == [
        ("New", None, 7_00),
        ("VICTIMS", 2_00, 5_00),
        ("Gone", 1_00, None),
    ]
    assert comparison.totals == (Movement(PAIR, 3_00, 12_00),)


def test_a_change_in_per_cent_is_of_what_was_before() -> None:
    assert Movement(PAIR, 80, 100).percent == 25
    assert Movement(PAIR, 300, 100).percent == Fraction(-200, 3)
    assert Movement(PAIR, -100, 100).percent == -200
    assert Movement(PAIR, 0, 100).percent is None
    assert Movement(PAIR, None, 100).percent is None
    assert [Movement(PAIR, None, 5).change, Movement(PAIR, 5, None).change] == [5, -5]


def test_an_entered_amount_counts_like_a_summed_one() -> None:
    old = holding(service("A", amounts=3_00), sections=[section()])
    new = budget([service("A", amounts=4_00)], [section(), section("Other", {YEAR: 9_00})])
    comparison = compared(old, new)
    assert sums(comparison) == [("Victims", 3_00, 4_00), ("Other", None, 9_00)]
    assert comparison.totals[0].after == 13_00


def test_a_line_under_a_subtotal_without_lines_is_not_called_removed() -> None:
    old = holding(
        service("A"),
        service("B", "Y", in_section="Young"),
        sections=[section(), section("Young")],
    )
    new = budget([service("A")], [section(), section("Young", {YEAR: 2_00})])
    comparison = compared(old, new)
    assert only(comparison).status == "unchanged"
    assert [each.words["Service"] for each in comparison.unlisted_old] == ["B"]
    (finding,) = comparison_findings(comparison, catalogue(), "old", "new")
    assert (finding.rule, finding.severity) == ("compare-lines-unlisted", "info")
    assert finding.message.startswith("new gives subtotals without lines where old has 1 line,")
    back = compared(new, old)
    assert [each.words["Service"] for each in back.unlisted_new] == ["B"]
    assert comparison_findings(back, catalogue(), "new", "old")[0].message.startswith("new gives")


def test_a_budget_of_subtotals_only_says_nothing_about_lines() -> None:
    new = budget([], [section("Other names", {YEAR: 9_00})])
    comparison = compared([service("A"), service("B", "Y")], new)
    assert (comparison.lines, len(comparison.unlisted_old)) == ((), 2)
    # Nothing at all is something else: there the lines are gone.
    assert [each.status for each in compared([service("A")], budget()).lines] == ["removed"]


def test_the_columns_that_both_have_are_compared() -> None:
    old = budget(headers=[YEAR, NEXT_YEAR, "2023/24 Actual"])
    new = budget(headers=["2026/27 Budget", NEXT_YEAR, YEAR])
    columns = choose_columns(old, new)
    assert columns.pairs == (ColumnPair(NEXT_YEAR, NEXT_YEAR), ColumnPair(YEAR, YEAR))
    assert (columns.only_old, columns.only_new) == (("2023/24 Actual",), ("2026/27 Budget",))
    assert not columns.assumed


@pytest.mark.parametrize(
    ("old", "new", "pair"),
    [
        (("2020/21 Budget",), ("2024/25 Budget",), ("2020/21 Budget", "2024/25 Budget")),
        (
            ("2018/19 Budget", "2020/21 Budget", "2019/20 Budget"),
            ("2026/27 Budget", "2025/26 Budget"),
            ("2020/21 Budget", "2025/26 Budget"),
        ),
        # A budget against a budget, though an actual of the very year is there.
        (
            ("2024/25 Budget",),
            ("2024/25 Actual", "2025/26 Budget", "2026/27 Forecast"),
            ("2024/25 Budget", "2025/26 Budget"),
        ),
        (("2024/25 Budget",), ("2024/25 Actual",), ("2024/25 Budget", "2024/25 Actual")),
        (("2023/24 Actual",), ("2024/25 Budget",), ("2023/24 Actual", "2024/25 Budget")),
    ],
)
def test_without_a_common_column_the_last_is_held_against_the_first_of_its_kind(
    old: tuple[str, ...], new: tuple[str, ...], pair: tuple[str, str]
) -> None:
    before, after = budget(headers=old), budget(headers=new)
    columns = choose_columns(before, after)
    assert (columns.pairs, columns.assumed) == ((ColumnPair(*pair),), True)
    comparison = compare_budgets(before, after, columns)
    (finding,) = comparison_findings(comparison, catalogue(), "old", "new")
    assert (finding.rule, finding.severity) == ("compare-columns-assumed", "info")
    assert f"{pair[1]} is held against {pair[0]}" in finding.message


def test_columns_that_somebody_chose_are_held_against_each_other() -> None:
    old, new = budget(headers=[YEAR, NEXT_YEAR]), budget(headers=[YEAR, NEXT_YEAR])
    columns = choose_columns(old, new, [ColumnPair(YEAR, NEXT_YEAR)])
    assert columns.pairs == (ColumnPair(YEAR, NEXT_YEAR),)
    assert (columns.only_old, columns.only_new, columns.assumed) == ((), (), False)


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([("2030/31 Budget", YEAR)], "OLD has no column '2030/31 Budget'"),
        ([(YEAR, "2030/31 Budget")], "NEW has no column '2030/31 Budget'"),
        ([(YEAR, YEAR), (YEAR, NEXT_YEAR)], f"names '{YEAR}' of OLD twice"),
        ([(YEAR, YEAR), (NEXT_YEAR, YEAR)], f"names '{YEAR}' of NEW twice"),
    ],
)
def test_a_choice_that_cannot_be_is_misuse(pairs: list[tuple[str, str]], said: str) -> None:
    both = budget(headers=[YEAR, NEXT_YEAR])
    with pytest.raises(MisuseError, match=said):
        choose_columns(both, both, [ColumnPair(*pair) for pair in pairs])


def test_a_budget_without_amount_columns_is_compared_by_its_words() -> None:
    none = budget([service("A", amounts={})], [section()], headers=())
    change = only(compared(none, holding(service("A", "Somebody", 1_00))))
    assert change.status == "unchanged"


def test_sections_of_one_name_are_added_up_where_blocks_are_another_scheme() -> None:
    old = budget(
        [service("A", "X", 1_00, block="Core"), service("B", "Y", 2_00, block="Grants")],
        [section(block="Core"), section(block="Grants", order=20)],
    )
    new = budget([service("A", "X", 5_00, block="All")], [section(block="All")])
    assert sums(compared(old, new)) == [("Victims", 3_00, 5_00)]
    both = budget([service("A", "X", 5_00, block="Core")], [section(block="Core")])
    assert sums(compared(old, both)) == [("Victims", 1_00, 5_00), ("Victims", 2_00, None)]


def test_a_line_without_a_section_is_still_listed() -> None:
    comparison = compared([service("A", in_section="")], [service("A", in_section="")])
    assert [each.status for each in comparison.lines] == ["unchanged"]
