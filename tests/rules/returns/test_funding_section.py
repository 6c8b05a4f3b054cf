"""Rule `return-funding-section`: money that is tied to a purpose is spent on it."""

from dataclasses import replace

from returns_forms import against
from rules.returns.returned import (
    MONITORING,
    PLAN,
    at_rule,
    cell,
    check,
    figures,
    healthy,
    shape,
    with_cells,
)
from xlframework.ground.finding import Finding
from xlframework.model.budget import Line
from xlframework.model.returns import Against

RULE = "return-funding-section"


def tied(line_id: str, **changes: str) -> Against:
    """Give the workbook with a line whose money is from the Ministry of Justice."""

    def change(line: Line) -> Line:
        if line.line_id != line_id:
            return line
        section = changes.get("section", line.section)
        funding = changes.get("funding", "MoJ Victims Grant")
        return replace(line, words={**line.words, "Funding": funding}, section=section)

    issued = tuple(
        replace(
            each,
            lines=tuple(replace(one, line=change(one.line)) for one in each.lines),
        )
        for each in against().issued
    )
    return replace(against(), issued=issued)


def found(data: bytes, other: Against) -> list[Finding]:
    return [each for each in check(data, other=other).findings if each.rule == RULE]


def test_money_that_is_not_tied_may_go_anywhere() -> None:
    assert at_rule(RULE, healthy()) == at_rule(RULE, healthy(MONITORING)) == ()


def test_a_line_in_a_section_for_victims_passes() -> None:
    assert found(healthy(MONITORING), tied("C24-05")) == []


def test_a_line_in_another_section_is_found_at_its_service() -> None:
    (finding,) = found(healthy(MONITORING), tied("C24-06", section="Prevention"))
    assert shape(finding) == ("error", cell(("Service", 2), MONITORING))
    assert figures(finding) == ("victim", "Prevention", None)
    assert "from the MoJ Victims Grant, which may not be spent on 'Prevention'" in finding.message
    assert "in our workbook" in finding.fix


def test_activities_for_other_priorities_are_found_at_their_priority() -> None:
    (finding,) = found(healthy(), tied("C24-35"))
    assert shape(finding) == ("error", "B13,B15")
    assert figures(finding)[1] == "Community Safety, Prevention"


def test_other_funding_and_blank_priorities_and_other_cells_do_not_matter() -> None:
    assert found(healthy(), tied("C24-35", funding="Home Office")) == []
    cells = with_cells({("Priority", 1): None, ("Priority", 3): None, ("Outcome measure", 1): "?"})
    assert found(cells, tied("C24-35")) == []
    assert PLAN != MONITORING
