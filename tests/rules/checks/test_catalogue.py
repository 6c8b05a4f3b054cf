"""The rule catalogue: every rule is declared, used and said as it should be."""

import ast
import re
from pathlib import Path

import pytest

from builders import ROOT, budget, catalogue, line, section
from xlframework.ground.errors import DeclarationError
from xlframework.ground.finding import Finding
from xlframework.ground.place import Place
from xlframework.model.catalogue import Catalogue, Rule
from xlframework.rules.checks.workbook import check_budget

SOURCE = ROOT / "src" / "xlframework"
RULES = catalogue().rule
RULE_ID = re.compile(r"[a-z]+(?:-[a-z]+)+\Z")


def strings_in(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def ids_that_findings_are_made_of(path: Path) -> set[str]:
    """Give the rule ids that stand as the first argument of a call of `.finding(...)`."""
    return {
        call.args[0].value
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "finding"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def test_every_rule_of_the_catalogue_is_used() -> None:
    used = set[str]().union(*map(strings_in, SOURCE.rglob("*.py")))
    assert set(RULES) - used == set()


def test_every_rule_that_a_finding_is_made_of_is_in_the_catalogue() -> None:
    used = set[str]().union(*map(ids_that_findings_are_made_of, SOURCE.rglob("*.py")))
    assert len(used) > 20
    assert used - set(RULES) == set()


@pytest.mark.parametrize("rule", RULES)
def test_an_id_is_lower_case_words_with_hyphens(rule: str) -> None:
    assert RULE_ID.match(rule)


@pytest.mark.parametrize("rule", RULES)
def test_a_title_is_no_sentence_and_the_rest_are_sentences(rule: str) -> None:
    said = RULES[rule]
    assert not said.title.endswith(".")
    for text in (said.title, said.why, said.fix):
        assert text[:1].isupper()
        assert text == text.strip()
        assert "  " not in text
    assert said.why.endswith(".")
    assert said.fix.endswith(".")


@pytest.mark.parametrize("rule", RULES)
def test_no_two_rules_hold_the_same(rule: str) -> None:
    assert [each for each, said in RULES.items() if said.title == RULES[rule].title] == [rule]


def test_what_is_no_error_stops_nothing() -> None:
    mild = [rule for rule, said in RULES.items() if said.severity != "error"]
    assert {RULES[rule].stops for rule in mild} == {"nothing"}


def test_a_finding_takes_severity_and_advice_from_the_catalogue() -> None:
    declared = Rule(title="T", severity="info", why="W.", fix="Do it.")
    finding = Catalogue(rule={"a-rule": declared}).finding("a-rule", Place("f"), "it is so")
    assert finding == Finding("a-rule", "info", Place("f"), "it is so", "Do it.")


def test_a_rule_that_a_teams_own_catalogue_lacks_is_named() -> None:
    with pytest.raises(DeclarationError, match=r"checks\.toml: key rule\.a-rule is missing"):
        Catalogue(rule={}).finding("a-rule", Place("f"), "it is so")


def test_the_worst_finding_decides_what_is_not_written() -> None:
    def stopped(*rules: str) -> str:
        return catalogue().stopped_by(
            tuple(catalogue().finding(rule, Place("f"), "it is so") for rule in rules)
        )

    assert stopped() == stopped("line-order-missing") == "nothing"
    assert stopped("line-order-missing", "line-section-blank") == "figures"
    assert stopped("line-section-blank", "table-missing") == "everything"


def test_a_clean_budget_has_no_findings() -> None:
    lines = [line("L1", 100), line("L2", None, order=20, shared_with="L1")]
    assert check_budget(budget(lines, [section()]), catalogue()) == ()


def test_findings_come_rule_by_rule_and_each_in_the_order_of_the_rows() -> None:
    lines = [line("", order=None, row=5), line("", order=None, row=6)]
    found = check_budget(budget(lines, [section()]), catalogue())
    assert [(each.rule, each.place.cell) for each in found] == [
        ("line-id-missing", "A5"),
        ("line-id-missing", "A6"),
        ("line-order-missing", "B5"),
        ("line-order-missing", "B6"),
    ]
