"""The rule catalogue as declared in `templates/checks.toml`: severity, consequence and advice."""

from pathlib import Path
from typing import Literal

from xlframework.ground.errors import DeclarationError
from xlframework.ground.finding import Finding, Severity
from xlframework.ground.place import Place
from xlframework.ground.shipped import required_template
from xlframework.model.declarations import Declaration, read_declaration

# What a finding keeps from being written: every figure (the `Checks` sheet still
# says why), or anything at all.
Stops = Literal["nothing", "figures", "everything"]

# What a rule about returns looks at; one about the workbook has no level.
Level = Literal["file", "structure", "cell", "table", "award", "monitoring"]

FILE_NAME = "checks.toml"


class Rule(Declaration, frozen=True):
    """One rule.

    Attributes:
        title: what must hold, in a few words.
        severity: how bad it is when it does not.
        why: what goes wrong otherwise.
        fix: what to do, in the imperative.
        stops: what a finding keeps from being written.
        level: what a rule about returns looks at.
        authority: who says that it must hold, where it is not plain arithmetic.
    """

    title: str
    severity: Severity
    why: str
    fix: str
    stops: Stops = "nothing"
    level: Level | None = None
    authority: str = ""


class Catalogue(Declaration, frozen=True):
    """The rules by their ids."""

    rule: dict[str, Rule]

    def finding(  # noqa: PLR0913 - a finding has that many parts, and all but three are optional
        self,
        rule: str,
        place: Place,
        message: str,
        *,
        expected: str | None = None,
        found: str | None = None,
        difference: str | None = None,
        fix: str | None = None,
    ) -> Finding:
        """Make a finding of a rule, with the severity and the advice declared for it.

        Raises:
            DeclarationError: if a team's own catalogue lacks the rule.
        """
        declared = self.rule.get(rule)
        if declared is None:
            raise DeclarationError(
                f"{FILE_NAME}: key rule.{rule} is missing; copy it from the catalogue that "
                "xlframework brings."
            )
        return Finding(
            rule=rule,
            severity=declared.severity,
            place=place,
            message=message,
            fix=fix or declared.fix,
            expected=expected,
            found=found,
            difference=difference,
        )

    def stopped_by(self, findings: tuple[Finding, ...]) -> Stops:
        """Tell the most that any of the findings keeps from being written."""
        stops = {self.rule[finding.rule].stops for finding in findings}
        if "everything" in stops:
            return "everything"
        return "figures" if "figures" in stops else "nothing"


def read_catalogue(templates: Path | None = None) -> Catalogue:
    """Read the catalogue.

    Args:
        templates: the folder given with `--templates`.

    Raises:
        DeclarationError: if the file is missing or says something unknown.
    """
    return read_declaration(required_template(FILE_NAME, templates), Catalogue)
