"""The result of checking one submitted file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from xlframework.ground.finding import Finding
from xlframework.model.returns import Issued, Refused, Return

Status = Literal["accepted", "accepted with warnings", "rejected", "unreadable"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A submitted file and what was found in it.

    Attributes:
        file: its path as the person gave it.
        form: the id of the form it was recognised as; None for none.
        findings: what was found.
        given: the return as read, or why the file could not be taken for one.
        issued: what its form was issued with, where `--against` tells.
        about: form, organisation, year and period, folded, by which several returns about
            one thing are known; None where it does not tell.
        declared: the day that it was declared on; None where it does not tell.
    """

    file: str
    form: str | None
    findings: tuple[Finding, ...]
    given: Return | Refused
    issued: Issued | None = None
    about: tuple[str, str, str, str] | None = None
    declared: date | None = None

    @property
    def status(self) -> Status:
        """What becomes of it."""
        if isinstance(self.given, Refused) and not self.given.opened:
            return "unreadable"
        return status_of(self.findings)


def status_of(findings: Iterable[Finding]) -> Status:
    """Tell what becomes of a return that could be read."""
    severities = {finding.severity for finding in findings}
    if "error" in severities:
        return "rejected"
    return "accepted with warnings" if "warning" in severities else "accepted"
