"""Ends a command that changes a workbook: records the changes in it, and writes it once."""

from dataclasses import replace

from xlframework.commands.held import Held
from xlframework.commands.plan import Plan, plan_refresh
from xlframework.commands.record import record, sign
from xlframework.commands.workbook import Declared
from xlframework.sheets.change import ChangeSet
from xlframework.sheets.difference import merge
from xlframework.sheets.file_book import apply_changes, effective
from xlframework.sheets.foresee import foreseen
from xlframework.sheets.package.records import Book, Package


def refreshed(package: Package, book: Book, declared: Declared) -> tuple[Plan, Package]:
    """Work out a refresh of a workbook's parts and apply it in memory.

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


def worked_out(held: Held, declared: Declared, own: ChangeSet | None = None) -> Plan:
    """Work out the refresh of a workbook at hand; nothing is written.

    Args:
        held: the workbook.
        declared: the declarations.
        own: cells that the command changes first, which the refresh is to reckon with.

    Raises:
        XlframeworkError: if the workbook cannot be refreshed.
    """
    plan = plan_refresh(foreseen(held.book, own.cells) if own else held.book, declared)
    return replace(plan, changes=held.effective(plan.changes))


def finish(  # noqa: PLR0913 - the workbook, what changes in it, and what to do with it
    held: Held,
    plan: Plan,
    declared: Declared,
    command: str,
    *,
    own: ChangeSet | None = None,
    dry_run: bool = False,
) -> tuple[Plan, bool]:
    """Record what changed in the workbook itself and write it all at once, unless nothing did.

    Args:
        held: the workbook as it was read.
        plan: the refresh that the command ends with.
        declared: the declarations.
        command: its name, for the log.
        own: changes that the command makes beside that refresh.
        dry_run: whether nothing is written.

    Returns:
        The plan, stopped if the log has no room; and whether there was anything to
        write (in a dry run: would be).

    Raises:
        XlframeworkError: if the workbook cannot be changed or written.
    """
    first = own or ChangeSet()
    if not (first or plan.changes or plan.changes.charts):
        return plan, False
    # Worked out for a dry run too: it must refuse what the command would refuse.
    log, blocked = record(plan, declared, sign(command), own)
    if blocked:
        findings = (*plan.findings, *blocked)
        return replace(plan, changes=ChangeSet(), findings=findings, stopped="everything"), False
    write = held.prepare(merge((first, plan.changes, log)))
    if not dry_run:
        write()
    return plan, True
