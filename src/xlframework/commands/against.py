"""Opens the commissioning workbook that forms are issued from and returns are compared with."""

from dataclasses import dataclass
from pathlib import Path

from xlframework.commands.workbook import Declared, Opened, open_workbook, read_declared
from xlframework.ground.errors import UnreadableFileError
from xlframework.ground.finding import Finding
from xlframework.model.budget import Budget
from xlframework.model.form_file import read_forms
from xlframework.model.returns import Against
from xlframework.rules.checks.workbook import check_budget
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.returns.read_against import read_against
from xlframework.sheets.snapshot import Snapshot
from xlframework.sheets.structure import take_snapshot


@dataclass(frozen=True, slots=True)
class Commissioning:
    """A commissioning workbook, read.

    Attributes:
        opened: the file.
        snapshot: its tables and named cells.
        budget: what the tables say.
        findings: what is wrong with it.
        sound: whether its figures can be relied on.
    """

    opened: Opened
    snapshot: Snapshot
    budget: Budget
    findings: tuple[Finding, ...]
    sound: bool


def open_commissioning(path: Path, declared: Declared) -> Commissioning:
    """Read a commissioning workbook.

    Raises:
        XlframeworkError: if it cannot be read, or lacks a table or a named cell.
    """
    opened = open_workbook(path)
    catalogue = declared.catalogue
    snapshot, structure = take_snapshot(opened.book, declared.workbook, catalogue)
    if snapshot is None:
        first = structure[0]
        raise UnreadableFileError(
            f"{path} is not a commissioning workbook that can be used: {first.message}. {first.fix}"
        )
    budget = read_budget(snapshot, declared.workbook)
    findings = (*structure, *check_budget(budget, catalogue))
    sound = catalogue.stopped_by(findings) == "nothing"
    return Commissioning(opened, snapshot, budget, findings, sound)


def open_against(path: Path, templates: Path | None = None) -> Against:
    """Read what returns are compared with: what every partner's form is issued with.

    Args:
        path: a commissioning workbook.
        templates: the folder given with `--templates`.

    Raises:
        XlframeworkError: if it cannot be read, or its figures cannot be trusted.
    """
    declared = read_declared(templates)
    read = open_commissioning(path, declared)
    if not read.sound:
        worst = next(each for each in read.findings if each.severity == "error")
        raise UnreadableFileError(
            f"Nothing can be compared with {path} until its errors are put right. {worst.place}: "
            f"{worst.message}. {worst.fix}"
        )
    return read_against(read.snapshot, read.budget, read_forms(templates))
