"""Reads one side of a comparison: a workbook, an edition folder or a bundled edition."""

from dataclasses import dataclass
from pathlib import Path

from xlframework.commands.workbook import Declared, Opened, open_workbook
from xlframework.ground.errors import MisuseError, UnreadableFileError
from xlframework.ground.finding import Finding, errors_of
from xlframework.ground.shipped import edition_names
from xlframework.model.budget import Budget
from xlframework.model.edition import FILE_NAME, Edition, read_bundled_edition, read_edition
from xlframework.rules.checks.workbook import check_budget
from xlframework.sheets.edition_budget import budget_of
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.snapshot import Snapshot
from xlframework.sheets.structure import take_snapshot


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two budgets.

    Attributes:
        name: what it is called: the edition, or the workbook's file.
        place: the path or name by which it was named.
        source: where it was read, in words.
        edition: the edition that it names; blank where it names none.
        budget: what it holds.
        findings: errors in it, which the comparison cannot see through.
        opened: the workbook file; None for an edition,
        snapshot: and what was found in it.
    """

    name: str
    place: str
    source: str
    edition: str
    budget: Budget
    findings: tuple[Finding, ...]
    opened: Opened | None = None
    snapshot: Snapshot | None = None


def read_side(text: str, declared: Declared) -> Side:
    """Read what somebody named: a file or folder of that name first, then an edition.

    Raises:
        MisuseError: if nothing has that name, or an edition folder holds no amounts.
        XlframeworkError: if it cannot be read.
    """
    path = Path(text)
    if not text.strip():
        raise MisuseError("One of the two budgets has no name; name a workbook or an edition.")
    if path.is_dir() and (path / FILE_NAME).is_file():
        return _edition_side(read_edition(path), text, "edition folder", declared)
    if text in edition_names():
        return _edition_side(read_bundled_edition(text), text, "bundled edition", declared)
    if path.is_dir():
        raise MisuseError(
            f"{path} is a folder without {FILE_NAME}, so it is no edition; name a workbook, an "
            "edition folder or a bundled edition."
        )
    if not path.exists():
        raise MisuseError(
            f"There is no workbook, edition folder or bundled edition {text!r}; the bundled "
            f"editions are {', '.join(edition_names())}."
        )
    return _workbook_side(path, declared)


def _edition_side(edition: Edition, place: str, what: str, declared: Declared) -> Side:
    budget = budget_of(edition, declared.workbook)
    # Without this a file that was left behind would show as every line removed.
    if "Lines" not in edition.tables and not any(each.entered for each in budget.sections):
        raise MisuseError(
            f"The {what} {place} has neither lines.csv nor amounts in sections.csv, so there is "
            "nothing to compare; put the missing file into the folder."
        )
    return Side(
        name=edition.spec.name or place,
        place=place,
        source=f"{what} {place}",
        edition=edition.spec.name,
        budget=budget,
        findings=errors_of(check_budget(budget, declared.catalogue)),
    )


def _workbook_side(path: Path, declared: Declared) -> Side:
    opened = open_workbook(path)
    snapshot, structure = take_snapshot(opened.book, declared.workbook, declared.catalogue)
    if snapshot is None:
        first = errors_of(structure)[0]
        raise UnreadableFileError(f"{path}: it cannot be compared: {first.message}. {first.fix}")
    budget = read_budget(snapshot, declared.workbook)
    findings = errors_of((*structure, *check_budget(budget, declared.catalogue)))
    return Side(
        name=path.name,
        place=str(path),
        source=f"{path.name}, SHA-256 {opened.sha256}",
        edition=snapshot.setting("Edition"),
        budget=budget,
        findings=findings,
        opened=opened,
        snapshot=snapshot,
    )
