"""docs/rules.md lists every rule, and is what the catalogue says now."""

import pytest

from builders import ROOT, catalogue
from xlframework.commands.rules_page import rules_page
from xlframework.model.catalogue import Catalogue, Rule

PAGE = ROOT / "docs" / "rules.md"


def test_the_committed_page_is_what_the_catalogue_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(catalogue()), "run: make build"


@pytest.mark.parametrize("rule", catalogue().rule)
def test_every_rule_has_one_row_with_all_that_is_said_of_it(rule: str) -> None:
    (row,) = (
        line for line in rules_page(catalogue()).splitlines() if line.startswith(f"| `{rule}` |")
    )
    said = catalogue().rule[rule]
    cells = [cell.strip() for cell in row.strip("|").split(" | ")]
    assert cells[1:3] == [said.title.replace("*", "\\*"), said.severity]
    assert cells[-1] == (said.fix if said.level is None else said.authority).replace("*", "\\*")


def test_levels_are_headings_in_their_order() -> None:
    headings = [line for line in rules_page(catalogue()).splitlines() if line.startswith("### ")]
    levels = [heading.rpartition("level ")[2].rstrip(")") for heading in headings]
    assert levels == ["file", "structure", "cell", "table", "award", "monitoring"]


def test_signs_of_the_markup_are_kept_apart() -> None:
    rule = Rule(title="A | B * C", severity="info", why="<b>.", fix="Do it.")
    assert "| A \\| B \\* C | info | nothing | &lt;b>. | Do it. |" in rules_page(
        Catalogue(rule={"a-rule": rule})
    )
