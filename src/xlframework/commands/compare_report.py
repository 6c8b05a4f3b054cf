"""The Excel report of a comparison: a workbook with the sums and the lines, to keep and pass on."""

from dataclasses import replace
from pathlib import Path

from xlframework.commands.compare_source import Side
from xlframework.commands.compare_text import about
from xlframework.commands.workbook import Declared
from xlframework.ground.errors import MisuseError, XlframeworkError
from xlframework.ground.shipped import SKELETON, required_template
from xlframework.rules.compare.records import Comparison
from xlframework.rules.compare.said import block_names
from xlframework.sheets import comparison_lines, comparison_sums
from xlframework.sheets.change import Wanted, WantedSheet
from xlframework.sheets.difference import new_sheet
from xlframework.sheets.package.bare import bare_package
from xlframework.sheets.package.container import open_package
from xlframework.sheets.package.new_sheet import add_sheet
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import NewSheet, Package
from xlframework.sheets.package.styles import look_parts
from xlframework.sheets.palette import Look, Palette
from xlframework.sheets.structure import take_snapshot

# By which an earlier report is known, so that nothing else is ever replaced by a new one.
MARK = "xlframework comparison"


def refuse_report(report: Path, sides: tuple[Path, Path]) -> None:
    """Stop before a report replaces anything but an earlier report.

    Raises:
        MisuseError: if it may not be written there.
    """
    if report.suffix.casefold() != ".xlsx":
        raise MisuseError(f"--report names {report}; the report is a workbook, so end it in .xlsx.")
    if any(report.resolve() == side.resolve() for side in sides):
        raise MisuseError(
            f"--report names {report}, which is one of the two that are compared; choose another "
            "name."
        )
    if report.exists() and not _is_report(report):
        raise MisuseError(
            f"{report} is already there and is no earlier report; choose another name, or move it "
            "away first."
        )


def _is_report(path: Path) -> bool:
    try:
        properties = open_package(path).parts.get("docProps/core.xml", b"")
    except XlframeworkError:
        return False
    return f"{MARK}<".encode() in properties


def report_package(
    comparison: Comparison, old: Side, new: Side, declared: Declared, file: str
) -> Package:
    """Make the report.

    Args:
        comparison: of the two budgets.
        old: where the old budget comes from,
        new: and the new one, whose looks the report takes if it is a workbook.
        declared: the declarations, for the looks of our own skeleton otherwise.
        file: the report's name.

    Raises:
        XlframeworkError: if the skeleton cannot be used.
    """
    looks, palette = _looks(old, new, declared)
    title = f"From {old.name} to {new.name}"
    properties = {
        "title": title,
        "subject": "Commissioning budgets compared line by line",
        "creator": "xlframework",
        "description": f"Before: {old.source}. After: {new.source}.",
        "keywords": MARK,
    }
    package = bare_package(*look_parts(looks), file, properties)
    for sheet in _sheets(comparison, old, new, title, palette):
        package = add_sheet(package, sheet)
    return package


def _looks(old: Side, new: Side, declared: Declared) -> tuple[Package, Palette]:
    """Give a workbook in whose look the report is made, with its palette."""
    for side in (new, old):
        if side.opened is not None and side.snapshot is not None:
            return side.opened.package, side.snapshot.palette
    path = required_template(SKELETON, declared.folder)
    package = open_package(path)
    snapshot, findings = take_snapshot(read_book(package), declared.workbook, declared.catalogue)
    if snapshot is None:
        raise MisuseError(f"{path}: no report can be made in its look: {findings[0].message}.")
    return package, snapshot.palette


def _sheets(
    comparison: Comparison, old: Side, new: Side, title: str, palette: Palette
) -> tuple[NewSheet, NewSheet]:
    with_block = block_names(comparison)
    notes = [f"Before: {old.source}. After: {new.source}.", *about(comparison, old, new)]
    sums_above = _above(title, *notes)
    sums = comparison_sums.wanted_sums(comparison, len(sums_above) + 2, with_block=with_block)
    lines = comparison_lines.wanted_lines(comparison, with_block=with_block)
    lines_above = _above(f"{title}: lines", *notes[1:])
    wanted = (
        WantedSheet("Summary", "", sums_above, comparison_sums.widths(comparison), sums),
        WantedSheet("Lines", "", lines_above, comparison_lines.widths(comparison), lines),
    )
    first, second = (
        _with_filter(new_sheet(each, palette, place)) for place, each in enumerate(wanted)
    )
    return first, second


def _above(title: str, *notes: str) -> tuple[Wanted, ...]:
    return (
        Wanted(title, None, Look("title", "text")),
        *(Wanted(note, None, Look("note", "text")) for note in notes),
        Wanted(None),
    )


def _with_filter(sheet: NewSheet) -> NewSheet:
    return replace(sheet, table=sheet.table and replace(sheet.table, filter_buttons=True))
