"""`refresh`: recomputes a workbook's subtotals, summary, appendix sheets and checks."""

from pathlib import Path

from xlframework.commands.changes import changes_json
from xlframework.commands.finish import finish, worked_out
from xlframework.commands.held import Held, held_file
from xlframework.commands.outcome import Outcome
from xlframework.commands.plan import Plan
from xlframework.commands.wording import changes_text, findings_text, plural, totals_text
from xlframework.commands.workbook import Declared, Opened, open_workbook, read_declared
from xlframework.ground.errors import MisuseError
from xlframework.ground.money import pounds_text
from xlframework.model.budget import Unread
from xlframework.rules.subtotals import Totals
from xlframework.sheets.file_book import (
    previous_name,
    refuse_if_open,
    write_file,
)

COMMAND = "refresh"

# What is said where findings keep figures from being written.
_STOPPED = {
    "nothing": "",
    "figures": " Until the errors above are put right, only Checks and the counts on the Cover "
    "are kept up to date; all other figures were left as they were.",
    "everything": " It was left as it was; put the errors above right and refresh again.",
}


def refresh(  # noqa: PLR0913 - one parameter for each option of the command line
    workbook: Path,
    *,
    out: Path | None = None,
    dry_run: bool = False,
    backup: bool = True,
    ignore_owner_file: bool = False,
    templates: Path | None = None,
) -> Outcome:
    """Recompute a workbook, in place unless `out` is given.

    Args:
        workbook: the file.
        out: where to write instead.
        dry_run: whether to show the changes and write nothing.
        backup: whether the file before is kept beside the new one.
        ignore_owner_file: whether to go on though Excel seems to have it open.
        templates: a folder of templates that comes first.

    Returns:
        The totals and the changes. With nothing to change nothing is written.

    Raises:
        XlframeworkError: if the workbook cannot be read or must not be changed.
    """
    declared = read_declared(templates)
    opened = open_workbook(workbook)
    if out is not None and out.is_dir():
        raise MisuseError(f"--out names {out}, which is a folder; name a file in it.")
    target = out or workbook
    if not dry_run and not ignore_owner_file:
        refuse_if_open(target)
    held = held_file(opened, target, backup=backup)
    plan, changed = refresh_held(held, declared, dry_run=dry_run)
    if not changed and not dry_run and out is not None and plan.stopped != "everything":
        write_file(opened.data, out, keep_previous=backup)
    text = _text(opened, plan, changed=changed, dry_run=dry_run, out=out, backup=backup)
    data = {"workbook": str(target), **_totals_json(plan.totals)}
    return Outcome(COMMAND, text, plan.findings, {**data, "changes": changes_json(plan.changes)})


def refresh_held(held: Held, declared: Declared, *, dry_run: bool = False) -> tuple[Plan, bool]:
    """Recompute a workbook at hand, in a file or open in Excel.

    Args:
        held: the workbook.
        declared: the declarations.
        dry_run: whether nothing is written.

    Returns:
        The refresh, and whether it had anything to write.

    Raises:
        XlframeworkError: if the workbook cannot be read or must not be changed.
    """
    return finish(held, worked_out(held, declared), declared, COMMAND, dry_run=dry_run)


def _totals_json(totals: Totals | None) -> dict[str, object]:
    if totals is None:
        return {"subtotals": [], "totals": []}
    subtotals = [
        {
            "block": each.block,
            "section": each.section,
            "year": header,
            "amount": pounds_text(each.pence[header]),
        }
        for each in totals.sections
        for header in totals.headers
    ]
    named = [*totals.blocks.items(), (None, totals.grand)]
    sums = [
        {"block": block, "year": header, "amount": pounds_text(pence[header])}
        for block, pence in named
        for header in totals.headers
    ]
    return {"subtotals": subtotals, "totals": sums}


def _left_out(plan: Plan) -> str:
    """Say how many amounts the totals above leave out."""
    lines = plan.budget.lines if plan.budget is not None else ()
    unread = sum(isinstance(each, Unread) for line in lines for each in line.amounts.values())
    if not unread:
        return ""
    return f"\nwithout {plural(unread, 'amount')} that could not be read"


def _text(  # noqa: PLR0913 - what happened has that many sides
    opened: Opened,
    plan: Plan,
    *,
    changed: bool,
    dry_run: bool,
    out: Path | None,
    backup: bool,
) -> str:
    parts = [totals_text(plan.totals) + _left_out(plan)] if plan.totals is not None else []
    parts.append(findings_text(plan.findings))
    changes = changes_json(plan.changes)
    if dry_run and changed:
        done = f"{plural(len(changes), 'change')}; nothing was written."
        parts.append(changes_text(changes))
    elif changed:
        target = out or opened.path
        kept = previous_name(target)
        tail = f" The file before is {kept.name}." if backup and kept.exists() else ""
        done = f"{target}: {plural(len(changes), 'change')} written.{tail}"
    elif plan.stopped == "everything":
        done = f"{opened.path}: nothing was written."
    else:
        copied = f"; {out} is a copy of it" if out is not None and not dry_run else ""
        done = f"{opened.path}: nothing to change{copied}."
    return "\n\n".join([*parts, done + _STOPPED[plan.stopped]])
