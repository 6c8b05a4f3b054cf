"""All rules about a commissioning workbook's budget, run in the order of its sheets."""

from collections.abc import Callable, Iterable

from xlframework.ground.finding import Finding
from xlframework.model.budget import Budget
from xlframework.model.catalogue import Catalogue
from xlframework.rules.checks import lines, sections

RuleFunction = Callable[[Budget, Catalogue], Iterable[Finding]]

RULES: tuple[RuleFunction, ...] = (
    lines.identifiers,
    lines.amounts,
    lines.negative_amounts,
    lines.belonging,
    lines.orders,
    lines.codes,
    lines.areas,
    lines.shared_amounts,
    sections.patterns,
    sections.near_names,
    sections.similar_names,
    sections.blank_names,
    sections.duplicates,
    sections.entered_amounts,
    sections.missing_amounts,
)


def check_budget(budget: Budget, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Run every rule over a budget.

    Returns:
        The findings, rule by rule, each rule's in the order of the rows.
    """
    return tuple(finding for rule in RULES for finding in rule(budget, catalogue))
