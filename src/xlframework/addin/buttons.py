"""What each button does with the workbook in front; the commands are those of the command line.

Every button that writes brings the whole workbook up to date, so that no two sheets tell
different stories. They differ in what they show.
"""

from dataclasses import dataclass
from decimal import Decimal

from xlframework.addin.at_excel import bring_forward, saved_file
from xlframework.addin.dialogs import ask, choose_folder
from xlframework.addin.reply import LONGEST, SILENT, Reply, fits, shortened
from xlframework.addin.texts import (
    figures_text,
    findings_short,
    icon_for,
    preview_reply,
    refreshed_reply,
    scenarios_text,
    split_text,
    tables_text,
)
from xlframework.commands.adopt import adopt_held, wanted_awards
from xlframework.commands.allocate import split_checked
from xlframework.commands.allocate_text import how
from xlframework.commands.appendix import publish as publish_files
from xlframework.commands.held import Held, held_open
from xlframework.commands.plan import Plan
from xlframework.commands.reconcile import reconcile_book
from xlframework.commands.refresh import refresh_held
from xlframework.commands.wording import plural, readable
from xlframework.commands.workbook import Declared, read_declared
from xlframework.ground.errors import AllocationError, MisuseError
from xlframework.ground.money import spoken_pounds
from xlframework.rules.allocation.allocate import Split
from xlframework.sheets.allocation_sheet import compared_column
from xlframework.sheets.cells import shown
from xlframework.sheets.difference import compare_cells
from xlframework.sheets.live.excel import ExcelBook
from xlframework.sheets.obstacles import Desk
from xlframework.sheets.package.records import Value
from xlframework.sheets.snapshot import Snapshot
from xlframework.sheets.structure import take_snapshot

_PUBLISHED = "what is published states the fingerprint of the saved file"
_CHOICES = (
    "Yes carries the awards into Lines. No leaves Lines as it is. Both bring the whole workbook "
    "up to date. Cancel changes nothing."
)


@dataclass(frozen=True, slots=True)
class _AtHand:
    """The workbook in front, read, with its snapshot."""

    held: Held
    declared: Declared
    snapshot: Snapshot


def refresh(book: ExcelBook) -> Reply:
    """Bring the workbook up to date."""
    held, declared = held_open(book), read_declared(None)
    plan, changed = refresh_held(held, declared)
    return refreshed_reply(held.name, plan, changed=changed)


def preview(book: ExcelBook) -> Reply:
    """Show what a refresh would change; nothing is written, not even to Checks."""
    held, declared = held_open(book), read_declared(None)
    plan, changed = refresh_held(held, declared, dry_run=True)
    return preview_reply(held.name, plan, changed=changed)


def regenerate(book: ExcelBook) -> Reply:
    """Bring the appendix sheets up to date, and all that they are made from."""
    held, declared = held_open(book), read_declared(None)
    plan, changed = refresh_held(held, declared)
    reply = refreshed_reply(held.name, plan, changed=changed)
    if plan.stopped != "nothing":
        return reply
    if plan.tables:
        bring_forward(book, plan.tables[0].layout.table_name)
    return Reply(reply.icon, f"{tables_text(plan)}\n\n{reply.text}")


def reconcile(book: ExcelBook) -> Reply:
    """Hold every stated figure against the lines; nothing is written."""
    held, declared = held_open(book), read_declared(None)
    done, findings = reconcile_book(held.book, declared)
    if done is None:
        return Reply(icon_for(findings), f"{held.name}\n\n{findings_short(findings)}")
    bring_forward(book, "Figures")
    return Reply(icon_for(findings), figures_text(held.name, done.checked))


def split(book: ExcelBook) -> Reply:
    """Explain the split, bring the workbook up to date, and offer to carry it into Lines."""
    found = _at_hand(book)
    if isinstance(found, Reply):
        return found
    made = split_checked(found.snapshot, found.declared).split
    if made is None:
        raise MisuseError(f"{book.name} has no formula: the table Indicators is empty.")
    carried = _to_carry(found, made)
    if not carried.differ:
        return _explained(book, found, f"{split_text(made)}{carried.why_not}")
    decision = ask(book, _question(made, carried))
    if decision == "cancel":
        return SILENT
    if decision == "no":
        return _explained(book, found, "Lines keeps its amounts.")
    adopted = adopt_held(found.held, found.snapshot, found.declared, made, carried.header)
    bring_forward(book, "Allocation")
    return refreshed_reply(found.held.name, adopted.plan, changed=adopted.changed, own=adopted.own)


def scenarios(book: ExcelBook) -> Reply:
    """Bring the workbook up to date, and say how far other weights would move each award."""
    found = _at_hand(book)
    if isinstance(found, Reply):
        return found
    tried = split_checked(found.snapshot, found.declared, scenarios=True).scenarios
    if not tried:
        raise MisuseError(f"{book.name} has no formula: the table Indicators is empty.")
    return _explained(book, found, scenarios_text(tried), "Scenarios")


def publish(book: ExcelBook) -> Reply:
    """Write the appendix tables of the saved workbook into a folder that is asked for."""
    path = saved_file(book, _PUBLISHED)
    if path is None:
        return SILENT
    folder = choose_folder(book, "Choose the folder for the appendix tables")
    if folder is None:
        return SILENT
    published, files = publish_files([path], folder)
    findings = tuple(finding for each in published for finding in each.findings)
    if not files:
        text = f"No file was written.\n\n{findings_short(findings)}"
        return Reply(
            "exclamation", f"{text}\n\nPress Refresh to have them all on the sheet Checks."
        )
    listed = "\n".join(file.name for file in files)
    text = f"{plural(len(files), 'file')} written into {folder}:\n{listed}"
    return Reply(icon_for(findings), f"{text}\n\n{findings_short(findings)}")


def _at_hand(book: ExcelBook) -> _AtHand | Reply:
    """Read the workbook, or say what it lacks."""
    held, declared = held_open(book), read_declared(None)
    snapshot, structure = take_snapshot(held.book, declared.workbook, declared.catalogue)
    if snapshot is None:
        text = f"{held.name}: nothing was written.\n\n{findings_short(structure)}"
        return Reply(icon_for(structure), text)
    return _AtHand(held, declared, snapshot)


def _explained(book: ExcelBook, found: _AtHand, text: str, table: str = "Allocation") -> Reply:
    """Refresh, show the sheet that it is about, and put an explanation first."""
    plan, changed = refresh_held(found.held, found.declared)
    bring_forward(book, table)
    reply = refreshed_reply(found.held.name, plan, changed=changed)
    return Reply(reply.icon, f"{shortened(text, _rest(plan))}\n\n{reply.text}")


def _rest(plan: Plan) -> str:
    return "" if plan.stopped == "everything" else "The sheet shows all of it."


@dataclass(frozen=True, slots=True)
class _Carried:
    """Awards that Lines could take.

    Attributes:
        header: the amount column.
        lines: what Lines has for each area now, in the order of the areas.
        differ: whether any of it differs from the award.
        why_not: why the awards cannot be carried, if they cannot.
    """

    header: str = ""
    lines: tuple[Value, ...] = ()
    differ: bool = False
    why_not: str = ""


def _to_carry(found: _AtHand, made: Split) -> _Carried:
    """Compare the awards with the amounts that Lines has."""
    view = found.snapshot.tables["Lines"]
    column = compared_column(view.amounts)
    if column is None:
        return _Carried()
    try:
        cells = list(wanted_awards(found.snapshot, found.declared, made, str(column)))
    except AllocationError as error:
        return _Carried(why_not=f"\n\nThe awards cannot be carried into Lines. {error}")
    desk = Desk(found.held.book, found.snapshot.palette, found.declared.catalogue)
    lines = tuple(view.sheet.cell(cell.row, cell.column).value for cell in cells)
    return _Carried(str(column), lines, differ=bool(compare_cells(desk, cells)))


def _question(made: Split, carried: _Carried) -> str:
    """Ask whether awards are carried, with both amounts of every area."""
    listed = "\n".join(
        f"{area.name}: {spoken_pounds(area.award)}, in Lines {_amount(value)}"
        for area, value in zip(made.areas, carried.lines, strict=True)
    )
    parts = (
        f"Lines has other amounts under {carried.header} than the awards:",
        listed if fits(listed) else shortened(listed[: LONGEST // 2]),
        _CHOICES,
    )
    explained = "\n\n".join((" ".join(how(made)), *parts))
    return explained if fits(explained) else "\n\n".join(parts)


def _amount(value: Value) -> str:
    text = shown(value)
    return f"£{readable(text)}" if isinstance(value, Decimal) else text or "blank"
