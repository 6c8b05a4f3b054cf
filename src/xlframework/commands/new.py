"""`new`: makes a commissioning workbook from an edition, a folder of CSV files, or nothing."""

from datetime import datetime
from pathlib import Path

from xlframework.commands.finish import refreshed
from xlframework.commands.outcome import Outcome
from xlframework.commands.plan import Plan
from xlframework.commands.record import record
from xlframework.commands.wording import findings_text, plural, totals_text
from xlframework.commands.workbook import Declared, read_declared
from xlframework.ground.errors import MisuseError, UnreadableFileError
from xlframework.ground.financial_year import AmountColumn, FinancialYear
from xlframework.ground.finding import Finding
from xlframework.ground.shipped import SKELETON, find_template
from xlframework.model.edition import Edition, EditionSpec, read_bundled_edition, read_edition
from xlframework.sheets.difference import compare_cells, compare_table, merge
from xlframework.sheets.file_book import apply_changes, write_package
from xlframework.sheets.fill import wanted_settings, wanted_tables
from xlframework.sheets.obstacles import Desk
from xlframework.sheets.package.container import open_package
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Package
from xlframework.sheets.structure import take_snapshot

COMMAND = "new"


def new(  # noqa: PLR0913 - one parameter for each option of the command line
    out: Path,
    *,
    edition: str | None = None,
    folder: Path | None = None,
    blank: bool = False,
    template: Path | None = None,
    templates: Path | None = None,
    replace: bool = False,
) -> Outcome:
    """Make a commissioning workbook.

    Args:
        out: the file to make.
        edition: a bundled edition,
        folder: or an edition folder,
        blank: or an empty workbook; exactly one of the three.
        template: a restyled skeleton to start from.
        templates: a folder of templates that comes first.
        replace: whether a file of that name may be replaced.

    Raises:
        XlframeworkError: if something that is named cannot be used.
    """
    if sum((edition is not None, folder is not None, blank)) != 1:
        raise MisuseError("Say what to start from: --edition NAME, --from DIR or --blank.")
    if out.exists() and not replace:
        raise MisuseError(f"{out} is already there; choose another name, or move it away first.")
    declared = read_declared(templates)
    source = _source(edition, folder)
    package, plan = make_workbook(_skeleton(template, templates), declared, source, str(out))
    write_package(package, out)
    return _outcome(out, source, plan)


def _source(edition: str | None, folder: Path | None) -> Edition:
    if edition is not None:
        return read_bundled_edition(edition)
    return read_edition(folder) if folder is not None else _blank_edition()


def _blank_edition() -> Edition:
    """Give an edition without figures, for the budget of the financial year we are in."""
    column = AmountColumn(FinancialYear.of(datetime.now().astimezone().date()), "Budget")
    spec = EditionSpec(name="", title="", source="", years=(str(column),))
    return Edition(spec, (column,), {})


def _skeleton(template: Path | None, templates: Path | None) -> Package:
    path = template or find_template(SKELETON, templates)
    if path is None:
        raise MisuseError(f"templates/{SKELETON} is missing; restore it or pass --template.")
    return open_package(path)


def make_workbook(
    skeleton: Package, declared: Declared, edition: Edition | None, file: str
) -> tuple[Package, Plan]:
    """Fill a skeleton with an edition and refresh it, all in memory.

    Args:
        skeleton: the parts of the skeleton workbook.
        declared: the declarations.
        edition: what to fill in; None for a blank workbook.
        file: the name that findings give.

    Returns:
        The workbook's parts, and the refresh that finished it.

    Raises:
        UnreadableFileError: if the skeleton lacks something.
        DeclarationError: if the edition cannot be followed.
    """
    # What is wrong with the skeleton is said of the skeleton, not of the file to be made.
    _, missing = take_snapshot(read_book(skeleton), declared.workbook, declared.catalogue)
    if declared.catalogue.stopped_by(missing) == "everything":
        raise _unusable(skeleton.file, missing)
    package = Package(file, skeleton.parts)
    if edition is not None:
        package = _filled(package, declared, edition)
    book = read_book(package)
    plan, made = refreshed(package, book, declared)
    if plan.stopped == "everything":
        raise _unusable(skeleton.file, plan.findings)
    baseline, _ = record(plan, declared, None)
    return apply_changes(made, book, baseline), plan


def _filled(package: Package, declared: Declared, edition: Edition) -> Package:
    book = read_book(package)
    snapshot, findings = take_snapshot(book, declared.workbook, declared.catalogue)
    if snapshot is None:
        raise _unusable(package.file, findings)
    desk = Desk(book, snapshot.palette, declared.catalogue)
    tables = [
        compare_table(desk, table, owns_columns=True)
        for table in wanted_tables(snapshot, declared.workbook, edition)
    ]
    blocked = tuple(finding for _, findings in tables for finding in findings)
    if blocked:
        raise _unusable(package.file, blocked)
    settings = compare_cells(desk, wanted_settings(snapshot, declared.workbook, edition))
    return apply_changes(package, book, merge((settings, *(changes for changes, _ in tables))))


def _unusable(file: str, findings: tuple[Finding, ...]) -> UnreadableFileError:
    first = next((each for each in findings if each.severity == "error"), findings[0])
    more = f" ({len(findings) - 1} more like this)" if len(findings) > 1 else ""
    return UnreadableFileError(
        f"{file}: no workbook can be made: {first.message}{more}. {first.fix}"
    )


def _outcome(out: Path, source: Edition, plan: Plan) -> Outcome:
    lines = len(source.tables["Lines"].rows) if "Lines" in source.tables else 0
    what = f"edition {source.spec.name}, {plural(lines, 'line')}" if source.spec.name else "blank"
    totals = plan.totals
    # An edition without lines may still say what its sections come to.
    is_filled = totals is not None and (lines > 0 or any(totals.grand.values()))
    parts = [totals_text(totals)] if totals is not None and is_filled else []
    text = "\n\n".join([*parts, findings_text(plan.findings), f"{out}: made ({what})."])
    data = {"workbook": str(out), "edition": source.spec.name or None, "lines": lines}
    return Outcome(COMMAND, text, plan.findings, data)
