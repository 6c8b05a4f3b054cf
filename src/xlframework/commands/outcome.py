"""What every command gives back: findings, what it computed, and what a person reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlframework.ground.finding import Finding, has_errors


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a command that ran.

    Attributes:
        command: its name.
        text: what a person reads.
        findings: what it found.
        data: what it computed, as `--json` prints it.
    """

    command: str
    text: str
    findings: tuple[Finding, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0 if no finding is an error, else 1."""
        return int(has_errors(self.findings))

    def as_json(self) -> dict[str, object]:
        """Give the object that `--json` prints."""
        findings = [finding.as_json() for finding in self.findings]
        return {"command": self.command, "findings": findings, **self.data}
