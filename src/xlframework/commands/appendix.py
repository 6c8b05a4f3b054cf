"""`appendix`: publishes the tables of one or many workbooks, a file for each table and format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlframework.appendix.compose.records import AppendixTable
from xlframework.appendix.layout import Layout
from xlframework.appendix.read_layout import chosen_layout
from xlframework.appendix.to_csv import table_csv
from xlframework.appendix.to_sheet import Provenance, published_package
from xlframework.commands.allocation import Allocation, awards_of, work_out_allocation
from xlframework.commands.outcome import Outcome
from xlframework.commands.tables import compose_all, prints_awards
from xlframework.commands.wording import findings_text, plural
from xlframework.commands.workbook import (
    Declared,
    Opened,
    layouts_in_use,
    open_workbook,
    read_declared,
)
from xlframework.ground.errors import MisuseError
from xlframework.ground.finding import Finding
from xlframework.ground.money import pounds_text
from xlframework.rules.checks.workbook import check_budget
from xlframework.rules.subtotals import with_missing_sections
from xlframework.sheets.cells import read_word
from xlframework.sheets.file_book import write_file
from xlframework.sheets.package.container import package_bytes
from xlframework.sheets.package.styles import look_parts
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.snapshot import Snapshot
from xlframework.sheets.structure import take_snapshot

COMMAND = "appendix"
FORMATS = ("xlsx", "csv")

# A text where an amount is due is missing from the printed total, and a word that cannot be
# read from its row, so nothing is published over them, though a refresh can go on.
_UNPUBLISHABLE = frozenset({"line-amount-text", "word-unread"})


@dataclass(frozen=True, slots=True)
class Published:
    """What one workbook gives.

    Attributes:
        workbook: its path.
        files: names and contents, to be written.
        tables: the tables that they hold.
        findings: what was found on the way.
    """

    workbook: Path
    files: tuple[tuple[str, bytes], ...]
    tables: tuple[AppendixTable, ...]
    findings: tuple[Finding, ...]


def appendix(
    workbooks: Sequence[Path],
    out: Path,
    *,
    layouts: Sequence[str] = (),
    formats: Sequence[str] = FORMATS,
    templates: Path | None = None,
) -> Outcome:
    """Publish appendix tables and say what was written; see `publish`."""
    published, paths = publish(
        workbooks, out, layouts=layouts, formats=formats, templates=templates
    )
    return _outcome(published, paths)


def publish(
    workbooks: Sequence[Path],
    out: Path,
    *,
    layouts: Sequence[str] = (),
    formats: Sequence[str] = FORMATS,
    templates: Path | None = None,
) -> tuple[tuple[Published, ...], tuple[Path, ...]]:
    """Publish appendix tables; the workbooks themselves are not changed.

    Args:
        workbooks: the files.
        out: the folder to write to; made if it is not there.
        layouts: the layouts to publish; none for those that each workbook's Cover names.
        formats: of `FORMATS`.
        templates: a folder of templates that comes first.

    Returns:
        What each workbook gives, and the files written. A workbook with an error
        in its figures gives none.

    Raises:
        XlframeworkError: if a workbook, layout or format cannot be used; then no
            file is written.
    """
    _refuse_formats(formats)
    _refuse_same_stems(workbooks)
    if out.exists() and not out.is_dir():
        raise MisuseError(f"--out names {out}, which is a file; name a folder.")
    declared = read_declared(templates)
    chosen = tuple(chosen_layout(name, templates) for name in dict.fromkeys(layouts))
    published = tuple(
        _publish(open_workbook(path), declared, chosen, formats) for path in workbooks
    )
    files = [(out / name, data) for each in published for name, data in each.files]
    for path, data in files:
        write_file(data, path)
    return published, tuple(path for path, _ in files)


def _refuse_formats(formats: Sequence[str]) -> None:
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise MisuseError(
            f"--format: {', '.join(unknown) or 'nothing'} is not a format; "
            f"the formats are {', '.join(FORMATS)}."
        )


def _refuse_same_stems(workbooks: Sequence[Path]) -> None:
    stems: dict[str, Path] = {}
    for path in workbooks:
        other = stems.setdefault(path.stem.casefold(), path)
        if other is not path:
            raise MisuseError(
                f"{path} and {other} would give files of one name; rename one, or publish them "
                "into two folders."
            )


def _publish(
    opened: Opened, declared: Declared, chosen: tuple[Layout, ...], formats: Sequence[str]
) -> Published:
    catalogue = declared.catalogue
    snapshot, structure = take_snapshot(opened.book, declared.workbook, catalogue)
    if snapshot is None:
        return Published(opened.path, (), (), structure)
    budget = read_budget(snapshot, declared.workbook)
    in_use, unknown = (chosen, ()) if chosen else layouts_in_use(snapshot, declared)
    if not in_use and not unknown:
        place = snapshot.setting_place("Layouts")
        unknown = (catalogue.finding("no-layouts", place, "the Cover names no layout"),)
    split = prints_awards(in_use)
    allocation = work_out_allocation(snapshot, declared) if split else Allocation()
    full = with_missing_sections(budget)
    composed = compose_all(snapshot, full, in_use, catalogue, awards_of(allocation))
    checked = check_budget(budget, catalogue)
    findings = (*structure, *checked, *unknown, *allocation.findings, *composed.findings)
    if not _is_publishable(findings, declared):
        return Published(opened.path, (), (), findings)
    provenance = _provenance(opened, snapshot)
    files = tuple(
        (name, data)
        for table in composed.tables
        for name, data in _files(opened.path.stem, table, snapshot, provenance, formats)
    )
    return Published(opened.path, files, composed.tables, findings)


def _is_publishable(findings: tuple[Finding, ...], declared: Declared) -> bool:
    if declared.catalogue.stopped_by(findings) != "nothing":
        return False
    return all(finding.rule not in _UNPUBLISHABLE for finding in findings)


def _provenance(opened: Opened, snapshot: Snapshot) -> Provenance:
    dated = snapshot.names["Dated"]
    word = read_word(snapshot.book, dated.cell)
    styles, theme = look_parts(opened.package)
    return Provenance(
        edition=snapshot.setting("Edition"),
        status=snapshot.setting("Status"),
        dated=f"{word.day} {word:%B %Y}" if isinstance(word, date) else word.strip(),
        workbook=opened.path.name,
        sha256=opened.sha256,
        styles=styles,
        theme=theme,
    )


def _files(
    stem: str,
    table: AppendixTable,
    snapshot: Snapshot,
    provenance: Provenance,
    formats: Sequence[str],
) -> list[tuple[str, bytes]]:
    files: list[tuple[str, bytes]] = []
    for form in dict.fromkeys(formats):
        name = f"{stem}_{table.layout.name}.{form}"
        if form == "csv":
            files.append((name, table_csv(table)))
        else:
            package = published_package(table, snapshot.palette, provenance, name)
            files.append((name, package_bytes(package)))
    return files


def _outcome(published: Sequence[Published], paths: Sequence[Path]) -> Outcome:
    findings = tuple(finding for each in published for finding in each.findings)
    tables = [(each.workbook, table) for each in published for table in each.tables]
    listed = "\n".join(f"    {path}" for path in paths)
    written = (
        f"{plural(len(paths), 'file')} written:\n{listed}" if paths else "No file was written."
    )
    data = {
        "files": [str(path) for path in paths],
        "tables": [
            {
                "workbook": str(workbook),
                "layout": table.layout.name,
                "rows": len(table.rows),
                "totals": {header: pounds_text(pence) for header, pence in table.totals().items()},
            }
            for workbook, table in tables
        ],
    }
    return Outcome(COMMAND, f"{findings_text(findings)}\n\n{written}", findings, data)
