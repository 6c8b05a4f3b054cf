"""Records a change in the workbook itself: the rows of `Change log` and the next baseline."""

import getpass
import socket
from datetime import datetime

from xlframework.commands.plan import Plan
from xlframework.commands.workbook import Declared
from xlframework.ground.finding import Finding
from xlframework.ground.version import VERSION
from xlframework.sheets.change import ChangeSet
from xlframework.sheets.change_log import (
    BASELINE,
    LOG,
    Signature,
    edits,
    log_cells,
    log_growth,
    own_rows,
    read_baseline,
    read_inputs,
    wanted_baseline,
)
from xlframework.sheets.difference import compare_cells, compare_growth, compare_table, merge
from xlframework.sheets.obstacles import Desk


def sign(command: str) -> Signature:
    """Say who runs a command now, on which computer."""
    try:
        account = getpass.getuser()
    except (OSError, KeyError):  # no account name can be had, as in some services
        account = "unknown account"
    who = f"{account} on {socket.gethostname() or 'unknown computer'}"
    return Signature(datetime.now().astimezone(), who, command, VERSION)


def record(
    plan: Plan,
    declared: Declared,
    signature: Signature | None,
    own: ChangeSet | None = None,
) -> tuple[ChangeSet, tuple[Finding, ...]]:
    """Work out what a command that changes something adds to the workbook's own records.

    Args:
        plan: the command's changes, with the snapshot that they were made from.
        declared: the declarations.
        signature: who, when and which command; None keeps the baseline and logs nothing.
        own: what the command changed before the plan was made, in cells that are
            therefore not taken for typed by hand.

    Returns:
        The changes to `Change log` and to the very hidden baseline, to be written with
        the command's own; or findings that say what stands in the way.
    """
    snapshot = plan.snapshot
    if snapshot is None or plan.budget is None:
        return ChangeSet(), ()
    desk = Desk(snapshot.book, snapshot.palette, declared.catalogue)
    inputs = read_inputs(snapshot, plan.budget, declared.workbook)
    parts = []
    if BASELINE in snapshot.tables:
        parts.append(compare_table(desk, wanted_baseline(inputs)))
    if signature is not None:
        view = snapshot.tables[LOG]
        first = own or ChangeSet()
        typed = edits(inputs, read_baseline(snapshot))
        adopted = {(change.sheet, change.cell) for change in first.cells}
        rows = [
            *(row for row in typed if (row.sheet, row.cell) not in adopted),
            *own_rows(first, signature),
            *own_rows(plan.changes, signature),
        ]
        parts.append(compare_growth(desk, log_growth(view, len(rows))))
        parts.append((compare_cells(desk, log_cells(view, rows, signature)), ()))
    findings = tuple(finding for _, found in parts for finding in found)
    return (ChangeSet() if findings else merge(changes for changes, _ in parts)), findings
