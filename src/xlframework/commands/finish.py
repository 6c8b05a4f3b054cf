"""Ends a command that changes a workbook: records the changes in it, and writes it once."""

from dataclasses import dataclass, replace
from pathlib import Path

from xlframework.commands.plan import Plan, plan_refresh
from xlframework.commands.record import record, sign
from xlframework.commands.workbook import Declared, Opened
from xlframework.sheets.change import ChangeSet
from xlframework.sheets.file_book import apply_changes, effective, write_package
from xlframework.sheets.package.records import Book, Package


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a command does with the changed workbook.

    Attributes:
        command: its name, for the log.
        target: where the workbook is written.
        dry_run: whether it is not written at all.
        backup: whether the file before is kept.
    """

    command: str
    target: Path
    dry_run: bool = False
    backup: bool = True


def refreshed(package: Package, book: Book, declared: Declared) -> tuple[Plan, Package]:
    """Work out a refresh of a workbook and apply it in memory.

    Args:
        package: the workbook's parts.
        book: the same workbook as it was read.
        declared: the declarations.

    Returns:
        The plan, without charts that draw what is wanted already; and the parts, the
        same object if nothing changes.

    Raises:
        XlframeworkError: if the workbook cannot be refreshed or changed.
    """
    plan = plan_refresh(book, declared)
    plan = replace(plan, changes=effective(package, plan.changes))
    return plan, apply_changes(package, book, plan.changes)


def finish(  # noqa: PLR0913 - the workbook before and after, and what to do with it
    opened: Opened,
    package: Package,
    plan: Plan,
    declared: Declared,
    keeping: Keeping,
    *,
    own: ChangeSet | None = None,
) -> tuple[Plan, bool]:
    """Record what changed in the workbook itself and write it, unless nothing did.

    Args:
        opened: the workbook as it was read.
        package: its parts with all changes applied.
        plan: the refresh that they end with.
        declared: the declarations.
        keeping: what to do with the result.
        own: changes that the command made before that refresh.

    Returns:
        The plan, stopped if the log has no room; and whether there was anything to
        write (in a dry run: would be).

    Raises:
        XlframeworkError: if the file cannot be written.
    """
    if package is opened.package:
        return plan, False
    # Worked out for a dry run too: it must refuse what the command would refuse.
    log, blocked = record(plan, declared, sign(keeping.command), own)
    if blocked:
        findings = (*plan.findings, *blocked)
        return replace(plan, changes=ChangeSet(), findings=findings, stopped="everything"), False
    if not keeping.dry_run:
        book = plan.snapshot.book if plan.snapshot is not None else opened.book
        is_same = keeping.target.resolve() == opened.path.resolve()
        write_package(
            apply_changes(package, book, log),
            keeping.target,
            keep_previous=keeping.backup,
            expected=opened.data if is_same else None,
        )
    return plan, True
