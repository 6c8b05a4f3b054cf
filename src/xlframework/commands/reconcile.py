"""`reconcile`: every printed and stated figure against the lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten

from xlframework.commands.allocation import work_out_allocation
from xlframework.commands.names import names_across
from xlframework.commands.outcome import Outcome
from xlframework.commands.reconciliation import (
    Reconciliation,
    compare_editions,
    facts_of,
    reconcile_budget,
)
from xlframework.commands.wording import findings_text, plain_number, plural, table_text
from xlframework.commands.workbook import Declared, open_workbook, read_declared
from xlframework.ground.errors import UnreadableFileError
from xlframework.ground.finding import Finding, errors_of
from xlframework.ground.place import Place, cell_name
from xlframework.rules.checks.workbook import check_budget
from xlframework.rules.reconcile.compare import STATUSES, Status
from xlframework.rules.reconcile.facts import Facts
from xlframework.rules.reconcile.figures import Checked
from xlframework.rules.reconcile.findings import figure_findings, figure_texts, unused_findings
from xlframework.rules.subtotals import with_missing_sections
from xlframework.sheets.package.records import Book
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.snapshot import Snapshot
from xlframework.sheets.structure import take_snapshot

COMMAND = "reconcile"

_WIDTH_OF_REF = 28
_WIDTH_OF_CLAIM = 64
_MORE = "..."


def reconcile(
    workbook: Path, *, other: Path | None = None, templates: Path | None = None
) -> Outcome:
    """Check every figure that a document states; nothing is written.

    Args:
        workbook: a commissioning workbook, with its table Figures.
        other: the workbook of another edition, which claims may refer to.
        templates: a folder of templates that comes first.

    Raises:
        XlframeworkError: if a workbook cannot be read.
    """
    declared = read_declared(templates)
    book = open_workbook(workbook).book
    beside = _read_beside(other, declared) if other is not None else None
    done, findings = reconcile_book(book, declared, beside)
    if done is None:
        data = {"workbook": str(workbook), **_figures_json(())}
        return Outcome(COMMAND, findings_text(findings), findings, data)
    text = "\n\n".join((*_text(workbook, done), findings_text(findings)))
    edition = done.setting.facts.edition
    data = {
        "workbook": str(workbook),
        "edition": edition or None,
        **_figures_json(done.checked),
    }
    return Outcome(COMMAND, text, findings, data)


@dataclass(frozen=True, slots=True)
class Beside:
    """The workbook given with `--with`, and what claims may refer to in it."""

    snapshot: Snapshot
    facts: Facts


def reconcile_book(
    book: Book, declared: Declared, beside: Beside | None = None
) -> tuple[Reconciliation | None, tuple[Finding, ...]]:
    """Check every figure that the document of a workbook states.

    Args:
        book: the workbook as read, from a file or from Excel.
        declared: the declarations.
        beside: the workbook given with `--with`.

    Returns:
        The figures, None if the workbook lacks what they are read from; and the findings.
    """
    snapshot, structure = take_snapshot(book, declared.workbook, declared.catalogue)
    if snapshot is None:
        return None, structure
    facts = beside.facts if beside is not None else None
    budget = read_budget(snapshot, declared.workbook)
    # What the figures cannot see through; the rest is for refresh to report.
    errors = errors_of((*structure, *check_budget(budget, declared.catalogue)))
    budget = with_missing_sections(budget)
    allocation = work_out_allocation(snapshot, declared, tried=False)
    done = reconcile_budget(snapshot, budget, allocation, declared, facts)
    findings = (
        *errors,
        *figure_findings(done.checked, declared.catalogue),
        *compare_editions(snapshot, done, declared, facts),
        *(_beside_findings(snapshot, beside, done, declared) if beside is not None else ()),
    )
    return done, findings


def _read_beside(path: Path, declared: Declared) -> Beside:
    """Read another workbook, under a name that tells the workbook and its edition."""
    book = open_workbook(path).book
    snapshot, findings = take_snapshot(book, declared.workbook, declared.catalogue)
    if snapshot is None:
        raise UnreadableFileError(
            f"--with: {path} cannot be used: {findings[0].message}. {findings[0].fix}"
        )
    facts = facts_of(snapshot, declared)
    of = f" (edition {facts.edition})" if facts.edition else ""
    called = f"the workbook {Path(snapshot.book.file).name}{of}"
    return Beside(snapshot, replace(facts, called=called))


def _beside_findings(
    snapshot: Snapshot, beside: Beside, done: Reconciliation, declared: Declared
) -> Iterator[Finding]:
    file, named = beside.snapshot.book.file, beside.snapshot.names.get("Edition")
    cell = (named.sheet.name, cell_name(named.row, named.column)) if named else ()
    yield from unused_findings(beside.facts, Place(file, *cell), done.named, declared.catalogue)
    yield from names_across(snapshot, beside.snapshot, declared)


def counted(checked: Iterable[Checked]) -> dict[Status, int]:
    """Count figures by their status."""
    statuses = [each.status for each in checked]
    return {status: statuses.count(status) for status in STATUSES}


def _figures_json(checked: Sequence[Checked]) -> dict[str, object]:
    figures = [
        {
            "ref": each.figure.ref,
            "claim": each.figure.claim,
            **_stated_first(each),
            "status": each.status,
            "message": each.message or None,
        }
        for each in checked
    ]
    return {"figures": figures, "counts": counted(checked)}


def _stated_first(checked: Checked) -> dict[str, str | None]:
    texts = figure_texts(checked)
    return {
        "stated": texts["stated"],
        "computed": texts["computed"],
        "unit": checked.figure.unit,
        "difference": texts["difference"],
    }


def _text(workbook: Path, done: Reconciliation) -> list[str]:
    edition = done.setting.facts.edition
    counts = counted(done.checked)
    named = f"{workbook}, edition {edition}" if edition else str(workbook)
    heading = (
        f"{named}: {plural(len(done.checked), 'stated figure')}; {counts['agrees']} "
        f"{'agrees' if counts['agrees'] == 1 else 'agree'}, {counts['differs']} "
        f"{'differs' if counts['differs'] == 1 else 'differ'}, "
        f"{counts['cannot be checked']} cannot be checked."
    )
    parts = [heading]
    for status in STATUSES:
        rows = [each for each in done.checked if each.status == status]
        if rows:
            table = _reasons(rows) if status == "cannot be checked" else _numbers(rows)
            parts.append(f"{status[:1].upper()}{status[1:]}\n{table}")
    return parts


def _numbers(rows: Iterable[Checked]) -> str:
    listed = []
    for each in rows:
        texts = figure_texts(each)
        numbers = [plain_number(texts[name] or "") for name in ("stated", "computed", "difference")]
        listed.append((*_names(each), each.figure.unit, *numbers))
    headers = ("Ref", "Claim", "Unit", "Stated", "Computed", "Difference")
    return table_text(headers, listed, words=3)


def _reasons(rows: Iterable[Checked]) -> str:
    listed = [(*_names(each), each.message) for each in rows]
    return table_text(("Ref", "Claim", "Reason"), listed, words=3)


def _names(checked: Checked) -> tuple[str, str]:
    figure = checked.figure
    return (
        shorten(figure.ref, _WIDTH_OF_REF, placeholder=_MORE),
        shorten(figure.claim, _WIDTH_OF_CLAIM, placeholder=_MORE),
    )
