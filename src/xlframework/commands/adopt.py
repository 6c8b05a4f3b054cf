"""`allocate --adopt`: carries the awards of a workbook's split into an amount column of `Lines`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xlframework.commands.allocate import split_checked
from xlframework.commands.allocate_data import split_data
from xlframework.commands.allocate_text import split_text
from xlframework.commands.changes import changes_json
from xlframework.commands.finish import finish, worked_out
from xlframework.commands.held import Held, held_file
from xlframework.commands.outcome import Outcome
from xlframework.commands.plan import Plan
from xlframework.commands.wording import changes_text, findings_text, plural
from xlframework.commands.workbook import Declared, open_workbook, read_declared
from xlframework.ground.errors import AllocationError, MisuseError
from xlframework.ground.financial_year import AmountColumn
from xlframework.ground.money import pounds_decimal
from xlframework.ground.place import Place
from xlframework.model.budget import Line
from xlframework.rules.allocation.allocate import AreaAward, Split
from xlframework.sheets.change import ChangeSet, Wanted, WantedCell
from xlframework.sheets.difference import compare_cells, merge
from xlframework.sheets.file_book import refuse_if_open
from xlframework.sheets.obstacles import Desk
from xlframework.sheets.palette import Look
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.sections_sheet import amount_kind
from xlframework.sheets.snapshot import Snapshot
from xlframework.sheets.structure import take_snapshot

COMMAND = "allocate"


@dataclass(frozen=True, slots=True)
class Adopted:
    """Awards carried into `Lines`.

    Attributes:
        own: the cells of `Lines` that take them; empty where nothing is written.
        plan: the refresh that follows.
        changed: whether there was anything to write (in a dry run: would be).
    """

    own: ChangeSet
    plan: Plan
    changed: bool


def adopt(  # noqa: PLR0913 - one parameter for each option of the command line
    workbook: Path,
    column: str,
    *,
    dry_run: bool = False,
    backup: bool = True,
    ignore_owner_file: bool = False,
    templates: Path | None = None,
) -> Outcome:
    """Carry the awards into `Lines`, and refresh the workbook in the same write.

    Args:
        workbook: the file.
        column: the header of the amount column that takes the awards.
        dry_run: whether to show the changes and write nothing.
        backup: whether the file before is kept beside the new one.
        ignore_owner_file: whether to go on though Excel seems to have it open.
        templates: a folder of templates that comes first.

    Raises:
        XlframeworkError: if the split is impossible, a line for an area is missing or
            not the only one, or the file cannot be changed.
    """
    header = _header(column)
    declared = read_declared(templates)
    opened = open_workbook(workbook)
    if not dry_run and not ignore_owner_file:
        refuse_if_open(workbook)
    snapshot, structure = take_snapshot(opened.book, declared.workbook, declared.catalogue)
    if snapshot is None:
        return Outcome(COMMAND, findings_text(structure), structure)
    split = split_checked(snapshot, declared).split
    if split is None:
        raise MisuseError(f"{workbook} has no formula, so there is nothing to adopt.")
    held = held_file(opened, workbook, backup=backup)
    adopted = adopt_held(held, snapshot, declared, split, header, dry_run=dry_run)
    return _outcome(split, adopted, workbook, dry_run=dry_run)


def _header(column: str) -> str:
    try:
        return str(AmountColumn.parse(column))
    except ValueError as error:
        raise MisuseError(
            f"--adopt: {column!r} is not the header of an amount column, such as 2025/26 Budget."
        ) from error


def adopt_held(  # noqa: PLR0913 - the workbook, what was read of it, and what to carry where
    held: Held,
    snapshot: Snapshot,
    declared: Declared,
    split: Split,
    header: str,
    *,
    dry_run: bool = False,
) -> Adopted:
    """Carry awards into `Lines` of a workbook at hand, and refresh it in the same write.

    Args:
        held: the workbook.
        snapshot: of it.
        declared: the declarations.
        split: the split.
        header: the amount column that takes the awards.
        dry_run: whether nothing is written.

    Raises:
        XlframeworkError: if a line for an area is missing or not the only one, or the
            workbook cannot be changed.
    """
    cells = list(wanted_awards(snapshot, declared, split, header))
    own = compare_cells(Desk(held.book, snapshot.palette, declared.catalogue), cells)
    plan = worked_out(held, declared, own)
    if plan.stopped != "nothing":
        # Awards beside figures that cannot be refreshed would leave the workbook half done.
        return Adopted(ChangeSet(), plan, changed=False)
    plan, changed = finish(held, plan, declared, COMMAND, own=own, dry_run=dry_run)
    return Adopted(own if changed else ChangeSet(), plan, changed)


def wanted_awards(
    snapshot: Snapshot, declared: Declared, split: Split, header: str
) -> Iterator[WantedCell]:
    """Give the cells of `Lines` that take the awards, one for each area.

    Args:
        snapshot: of the workbook.
        declared: the declarations.
        split: the split.
        header: the amount column.

    Raises:
        AllocationError: if `Lines` has no such column, or an area has no line of its
            own, or several.
    """
    view = snapshot.tables["Lines"]
    if header not in view.columns:
        place = Place(snapshot.book.file, view.sheet.name, str(view.table.area))
        raise AllocationError(
            place,
            f"Lines has no column {header} that could take the awards; add a column with that "
            "header, or name another one.",
        )
    lines = read_budget(snapshot, declared.workbook).lines
    kind = amount_kind(tuple(area.award for area in split.areas))
    for area in split.areas:
        line = _line_of(area, lines)
        row = line.origin.row
        cell = view.sheet.cell(row, view.columns[header])
        if cell.formula is not None:
            raise AllocationError(
                line.origin.place(header),
                f"the amount of {area.name} is a formula (={cell.formula}), which the award would "
                "replace; clear the cell first.",
            )
        look = None if cell.style else Look("line", kind)
        wanted = Wanted(pounds_decimal(area.award), None, look)
        yield WantedCell(view.sheet.name, row, view.columns[header], wanted)


def _line_of(area: AreaAward, lines: tuple[Line, ...]) -> Line:
    """Find the one line that takes an area's award."""
    found = [line for line in lines if line.area_code.casefold() == area.code.casefold()]
    if not found:
        raise AllocationError(
            area.area.place("Area code"),
            f"no line has the area code of {area.name} ({area.code}), so its award has nowhere "
            "to go; type the code on the line that takes it.",
        )
    if len(found) > 1:
        ids = " and ".join(line.line_id or f"row {line.origin.row}" for line in found)
        raise AllocationError(
            found[1].origin.place("Area code"),
            f"the lines {ids} both have the area code of {area.name} ({area.code}); leave it on "
            "the one that takes the award.",
        )
    return found[0]


def _outcome(split: Split, adopted: Adopted, target: Path, *, dry_run: bool) -> Outcome:
    plan = adopted.plan
    changes = changes_json(merge((adopted.own, plan.changes))) if adopted.changed else []
    parts = [split_text(split), findings_text(plan.findings)]
    if plan.stopped != "nothing":
        parts.append(f"{target}: put the errors above right first; nothing was written.")
    elif not adopted.changed:
        parts.append(f"{target}: Lines has these awards already; nothing to change.")
    elif dry_run:
        parts += [changes_text(changes), f"{plural(len(changes), 'change')}; nothing was written."]
    else:
        parts.append(f"{target}: {plural(len(changes), 'change')} written.")
    data = {**split_data(split), "workbook": str(target), "changes": changes}
    return Outcome(COMMAND, "\n\n".join(parts), plan.findings, data)
