"""What a reader of a split is told beside the awards."""

from dataclasses import replace
from fractions import Fraction

import pytest

from builders import catalogue
from rules.allocation.splits import area, areas, formula, indicator, percent, pounds
from xlframework.model.formula import Formula
from xlframework.rules.allocation.allocate import allocate
from xlframework.rules.allocation.findings import sheet_awards, split_findings


def rules(split_of: Formula, *crimes: int, previous: tuple[int, ...] = ()) -> list[str]:
    columns = {"previous": previous} if previous else {}
    split = allocate(areas(*crimes, **columns), split_of)
    return [finding.rule for finding in split_findings(split, catalogue())]


def test_a_plain_split_has_no_findings() -> None:
    assert rules(formula(100), 1, 1, 1) == []


def test_a_share_of_rates_is_warned_of() -> None:
    split = allocate(areas(1, 3), formula(100, indicator(per_head=True)))
    (finding,) = split_findings(split, catalogue())
    assert (finding.rule, finding.severity) == ("allocation-rate-as-count", "warning")
    assert "Area B has the largest share, 75.0%" in finding.message


def test_a_product_of_rates_is_no_share_of_rates() -> None:
    assert rules(replace(formula(100, indicator(per_head=True)), combine="product"), 1, 3) == []


@pytest.mark.parametrize(
    "setting",
    [
        {"floor": replace(percent(1), number=Fraction(95, 10000))},
        {"top_slice": replace(percent(1, "per cent"), number=Fraction(2, 1000))},
    ],
)
def test_a_percentage_typed_as_a_fraction_is_warned_of(setting: dict[str, object]) -> None:
    how = Formula(**{"indicators": (indicator(),), "pot": 100000, **setting})  # type: ignore[arg-type]
    found = rules(how, 1, 3, previous=(100, 100))
    assert found == ["allocation-small-percent"]


def test_pounds_are_never_a_small_percentage() -> None:
    assert rules(replace(formula(100), floor=pounds(1)), 1, 3) == []


def test_a_rank_on_less_than_six_decimals_is_told() -> None:
    # Remainders 0.5 - e and 0.5 + e: exact arithmetic rounds B up, the sheet sees a tie.
    found = [area("A", 10**9 - 1), area("B", 10**9 + 1, row=6)]
    split = allocate(found, formula(1))
    assert [each.award for each in split.areas] == [0, 100]
    assert sheet_awards(split) == (100, 0)
    (finding,) = split_findings(split, catalogue())
    assert finding.rule == "allocation-close-rank"
    assert finding.place.cell == "A5"


def test_a_close_rank_is_told_though_the_tie_rule_agrees() -> None:
    found = [area("A", 10**9 + 1), area("B", 10**9 - 1, row=6)]
    split = allocate(found, formula(1))
    assert sheet_awards(split) == tuple(each.award for each in split.areas)
    (finding,) = split_findings(split, catalogue())
    assert "Area A is rounded up rather than Area B" in finding.message


def test_a_true_tie_is_no_finding() -> None:
    assert rules(formula(1), 5, 5) == []
