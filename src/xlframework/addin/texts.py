"""Says in the few lines of a message box what a command did and found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from textwrap import shorten

from xlframework.addin.reply import Icon, Reply
from xlframework.commands.allocate_text import how, what_moved
from xlframework.commands.changes import changes_json
from xlframework.commands.plan import Plan
from xlframework.commands.wording import plural, readable
from xlframework.ground.finding import SEVERITIES, Finding, count, has_errors, worst_first
from xlframework.ground.money import spoken_pounds
from xlframework.rules.allocation.allocate import AreaAward, Split
from xlframework.rules.allocation.scenario import Scenario
from xlframework.rules.reconcile.figures import Checked
from xlframework.rules.reconcile.findings import figure_texts
from xlframework.sheets.change import ChangeSet
from xlframework.sheets.difference import merge

_MOST_FINDINGS = 3

# Letters for findings; a message box shows a thousand in all.
_ROOM = 550

_MOST_SHEETS = 6
_MOST_CELLS = 3

ON_CHECKS = "All of them are on the sheet Checks."


def icon_for(findings: Sequence[Finding]) -> Icon:
    """Choose the sign beside a reply."""
    return "exclamation" if has_errors(findings) else "information"


def refreshed_reply(name: str, plan: Plan, *, changed: bool, own: ChangeSet | None = None) -> Reply:
    """Say what a refresh did.

    Args:
        name: the workbook's.
        plan: the refresh.
        changed: whether it had anything to write.
        own: what the command changed beside it.
    """
    parts = [_done(name, plan, changed=changed, own=own), *_stopped(plan), *_found(plan)]
    return Reply(icon_for(plan.findings), "\n\n".join(parts))


def _done(name: str, plan: Plan, *, changed: bool, own: ChangeSet | None) -> str:
    if plan.stopped == "everything":
        return f"{name}: nothing was written."
    if not changed:
        return f"{name}: nothing to change."
    changes = changes_json(merge((own or ChangeSet(), plan.changes)))
    counted = Counter(str(change["sheet"]) for change in changes)
    listed = [f"{sheet} {number}" for sheet, number in counted.most_common(_MOST_SHEETS)]
    more = "" if len(counted) <= _MOST_SHEETS else ", and others"
    return f"{name}: {plural(len(changes), 'change')} written ({', '.join(listed)}{more})."


def _stopped(plan: Plan) -> Iterator[str]:
    if plan.stopped == "figures":
        yield (
            "Until the errors are put right, only Checks and the counts on the Cover are kept up "
            "to date; all other figures were left as they were."
        )


def _found(plan: Plan) -> Iterator[str]:
    # A refresh that is stopped altogether does not write Checks either.
    where = ON_CHECKS if plan.stopped != "everything" else ""
    text = findings_short(plan.findings, where)
    if text:
        yield text


def findings_short(findings: Sequence[Finding], where: str = "") -> str:
    """Give the worst few findings, each with its cell and what to do.

    Args:
        findings: any number.
        where: where all of them can be read.
    """
    if not findings:
        return "Checks: no problems found."
    heading = ", ".join(
        plural(number, severity if severity != "info" else "remark")
        for severity in SEVERITIES
        if (number := count(findings, severity))
    )
    ordered = worst_first(findings)
    lines = list(_fitting(_finding_line(finding) for finding in ordered[:_MOST_FINDINGS]))
    rest = len(findings) - len(lines)
    tail = [f"and {rest} more.{f' {where}' if where else ''}"] if rest else [where] * bool(where)
    return "\n".join([f"Checks: {heading}.", *lines, *tail])


def _fitting(lines: Iterable[str]) -> Iterator[str]:
    """Give as many lines as there is room for, at least the first, cut short if it must be."""
    room = _ROOM
    for number, line in enumerate(lines):
        if number and len(line) > room:
            return
        yield shorten(line, _ROOM, placeholder=" ...")
        room -= len(line)


def _finding_line(finding: Finding) -> str:
    place = " ".join(part for part in (finding.place.sheet, finding.place.cell) if part)
    message = finding.message[:1].upper() + finding.message[1:]
    return f"- {place or finding.place.file}: {message}. {finding.fix}"


def preview_reply(name: str, plan: Plan, *, changed: bool) -> Reply:
    """Say what a refresh would change, the first few cells of each sheet."""
    if plan.stopped == "everything" or not changed:
        return refreshed_reply(name, plan, changed=False)
    changes = changes_json(plan.changes)
    parts = [f"{name}: {plural(len(changes), 'change')} to be made. Nothing was written."]
    parts.append("\n".join(_previewed(changes)))
    parts += [*_stopped(plan), findings_short(plan.findings)]
    return Reply(icon_for(plan.findings), "\n\n".join(parts))


def _previewed(changes: Sequence[dict[str, str | None]]) -> Iterator[str]:
    for sheet, group in groupby(changes, key=lambda change: change["sheet"]):
        members = list(group)
        shown = "; ".join(_change(each) for each in members[:_MOST_CELLS])
        more = len(members) - _MOST_CELLS
        yield f"{sheet}: {shown}{f'; and {more} more' if more > 0 else ''}"


def _change(change: dict[str, str | None]) -> str:
    before, after = (readable(change[key] or "(blank)") for key in ("before", "after"))
    became = "only its look" if before == after else f"{before} -> {after}"
    return f"{change['cell'] or 'the sheet'} {became}"


def figures_text(name: str, checked: Sequence[Checked]) -> str:
    """Say how many stated figures agree, and which differ by how much.

    Args:
        name: the workbook's.
        checked: its stated figures.
    """
    counts = Counter(each.status for each in checked)
    heading = (
        f"{name}: {plural(len(checked), 'stated figure')}; {counts['agrees']} agree with the "
        f"lines, {counts['differs']} different, {counts['cannot be checked']} cannot be checked."
    )
    lines = [_figure_line(each) for each in checked if each.status == "differs"]
    shown = list(_fitting(lines))
    rest = [f"and {len(lines) - len(shown)} more."] if len(shown) < len(lines) else []
    tail = "The sheet Figures has them all, as of the last refresh."
    return "\n".join([heading, *shown, *rest, "", tail])


def _figure_line(checked: Checked) -> str:
    texts = figure_texts(checked)
    stated, computed = (readable(texts[key] or "") for key in ("stated", "computed"))
    figure = checked.figure
    return f"- {figure.claim}: stated {stated}, computed {computed} ({figure.unit})"


def split_text(split: Split) -> str:
    """Explain a split, with every award and what it moved by."""
    awards = "\n".join(_award(area) for area in split.areas)
    name = split.formula.name
    heading = f"{name}: " if name else ""
    return "\n\n".join([heading + " ".join(how(split)), awards, " ".join(what_moved(split))])


def _award(area: AreaAward) -> str:
    change = area.change
    moved = "" if change is None else f" ({'+' if change > 0 else ''}{spoken_pounds(change)})"
    return f"{area.name}: {spoken_pounds(area.award)}{moved}"


def scenarios_text(scenarios: Sequence[Scenario]) -> str:
    """Say between which awards the scenarios move every area."""
    splits = [each.split for each in scenarios if each.split is not None]
    if not splits:
        return "No scenario can be worked out."
    lines = [
        f"{plural(len(splits), 'scenario')}: what is set, and the least and most by any other."
    ]
    for number, area in enumerate(splits[0].areas):
        awards = [split.areas[number].award for split in splits]
        least, most = spoken_pounds(min(awards)), spoken_pounds(max(awards))
        lines.append(f"{area.name}: {spoken_pounds(area.award)} ({least} to {most})")
    impossible = [each.name for each in scenarios if each.split is None]
    if impossible:
        lines.append(f"Impossible: {', '.join(impossible)}.")
    return "\n".join(lines)


def tables_text(plan: Plan) -> str:
    """List the appendix tables of a workbook, with their totals."""
    if not plan.tables:
        return "The Cover names no layout, so there is no appendix sheet."
    return "\n".join(
        f"{table.layout.sheet}: {table.layout.title}, {plural(len(table.rows), 'row')}"
        + "".join(f", {header} {spoken_pounds(total)}" for header, total in table.totals().items())
        for table in plan.tables
    )
