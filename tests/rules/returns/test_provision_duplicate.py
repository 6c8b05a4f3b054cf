"""Rule `return-provision-duplicate`: nothing is planned that is funded in that area already."""

from dataclasses import replace

import pytest

from returns_forms import against
from rules.returns.returned import (
    PLAN,
    at_rule,
    cell,
    check,
    figures,
    healthy,
    only,
    shape,
    with_cells,
)
from xlframework.ground.finding import Finding
from xlframework.model.returns import Against

RULE = "return-provision-duplicate"


def reaching(line_id: str, **words: str) -> Against:
    """Give the workbook with other words in one of its lines."""
    lines = tuple(
        replace(
            line,
            words={**line.words, **{key.capitalize(): word for key, word in words.items()}},
            area_code=words.get("code", line.area_code),
        )
        if line.line_id == line_id
        else line
        for line in against().lines
    )
    return replace(against(), lines=lines)


def found(activity: str, other: Against, provider: str = "Somebody") -> list[Finding]:
    data = with_cells({("Activity", 2): activity, ("Provider", 2): provider})
    return [each for each in check(data, other=other).findings if each.rule == RULE]


def test_a_plan_of_its_own_passes() -> None:
    assert only(RULE, healthy()) == ()


@pytest.mark.parametrize("activity", ["Victim First", " victim first", "Victim-First"])
def test_a_line_of_the_same_name_is_found_where_its_reach_is_blank(activity: str) -> None:
    (finding,) = only(RULE, with_cells({("Activity", 2): activity}))
    assert shape(finding) == ("warning", cell(("Activity", 2)))
    assert figures(finding)[0] == "C24-01"
    assert (
        "may be funded in this area already (C24-01, Victim First by Catch 22)" in finding.message
    )


def test_a_similar_name_is_not_enough_where_the_reach_is_blank() -> None:
    assert found("Victim First caseworkers", against()) == []


@pytest.mark.parametrize("reach", ["Blaby", "Blaby and Charnwood", "Force-wide", "the whole force"])
def test_a_similar_name_is_enough_where_the_line_reaches_the_area(reach: str) -> None:
    (finding,) = found("Suicide bereavement support", reaching("C24-16", reach=reach))
    assert figures(finding)[0] == "C24-16"


@pytest.mark.parametrize("reach", ["Charnwood", "Leicester City", "Blabyshire"])
def test_a_line_that_reaches_other_areas_only_is_no_duplicate(reach: str) -> None:
    assert found("Suicide Bereavement Service", reaching("C24-16", reach=reach)) == []


def test_a_lines_area_code_is_its_reach() -> None:
    here = reaching("C24-16", code="E07000129")
    there = reaching("C24-16", code="E07000130")
    assert [each.expected for each in found("Suicide bereavement", here)] == ["C24-16"]
    assert found("Suicide Bereavement Service", there) == []


def test_the_same_provider_needs_one_telling_word_less() -> None:
    workbook = reaching("C24-31", reach="Blaby")
    assert found("Pathfinder", workbook) == []
    assert len(found("Pathfinder", workbook, provider="U17 Drivers Pathfinder Ltd")) == 1


def test_the_partners_own_award_is_never_a_duplicate() -> None:
    assert at_rule(RULE, with_cells({("Activity", 2): "CSP - Blaby PLF"})) == ()


def test_other_columns_and_blanks_do_not_disturb_it() -> None:
    data = with_cells({("Outcome measure", 1): "Victim First", ("Activity", 3): None})
    assert at_rule(RULE, data) == ()
    assert at_rule(RULE, with_cells({("Activity", 2): "Victim First"}), compared=False) == ()
    assert PLAN == "csp-plan-budget"
