"""A finding: one problem at one place, said so that a person can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from xlframework.ground.place import Place

Severity = Literal["error", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, as a value.

    Attributes:
        rule: the id of the rule in `templates/checks.toml`.
        severity: error, warning or info, as the catalogue declares it.
        place: the workbook, sheet and cell.
        message: what is wrong, in one sentence.
        fix: what to do about it.
        expected: what should stand there, as text; None where nothing was compared.
        found: what stands there, as text.
        difference: found less expected, as text, where both are figures.
    """

    rule: str
    severity: Severity
    place: Place
    message: str
    fix: str
    expected: str | None = None
    found: str | None = None
    difference: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """Give the finding as the command line prints it with `--json`."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "file": self.place.file,
            "sheet": self.place.sheet,
            "cell": self.place.cell,
            "message": self.message,
            "expected": self.expected,
            "found": self.found,
            "difference": self.difference,
            "fix": self.fix,
        }


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Put the worst findings first; those of one severity stay in their order."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """Count the findings of one severity."""
    return sum(finding.severity == severity for finding in findings)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding is an error."""
    return any(finding.severity == "error" for finding in findings)


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give the errors among findings."""
    return tuple(finding for finding in findings if finding.severity == "error")
