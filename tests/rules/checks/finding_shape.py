"""How the tests of the rules look at findings."""

from xlframework.ground.finding import Finding


def brief(finding: Finding) -> tuple[str, str, str | None, str | None]:
    """Give what a person looks at first: rule, severity, sheet and cell."""
    return finding.rule, finding.severity, finding.place.sheet, finding.place.cell


def figures(finding: Finding) -> tuple[str | None, str | None, str | None]:
    """Give what was compared: expected, found and difference."""
    return finding.expected, finding.found, finding.difference
