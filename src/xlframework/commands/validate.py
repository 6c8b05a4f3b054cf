"""`validate`: checks the returns that partners sent, marks copies of them and sums them up."""

import os
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlframework.commands.against import open_against
from xlframework.commands.check_return import read_known
from xlframework.commands.examine import Desk, Examined, examine_all, mark_again
from xlframework.commands.marked_files import MarkedFolder, open_marked_folder
from xlframework.commands.outcome import Outcome
from xlframework.commands.report_html import GENERATOR, report_html
from xlframework.commands.submitted import Submitted, find_submitted
from xlframework.commands.validate_text import batch_text, names_text, on_one_line
from xlframework.commands.wording import plural
from xlframework.ground.errors import MisuseError, XlframeworkError
from xlframework.ground.money import pounds_text
from xlframework.ground.shipped import SKELETON, required_template
from xlframework.model.catalogue import Catalogue
from xlframework.rules.returns.batch import check_batch, groups, latest
from xlframework.rules.returns.checked import Checked
from xlframework.rules.returns.summary import Group, Standing, Summary, summarise
from xlframework.sheets.file_book import write_file
from xlframework.sheets.package.container import is_packed_by_us, open_package, package_bytes
from xlframework.sheets.returns.looks import Looks, read_looks
from xlframework.sheets.returns.report_book import TITLE, report_book

COMMAND = "validate"

_CORE = "docProps/core.xml"
_REPORTS = (".xlsx", ".html")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written beside the results.

    Attributes:
        copies: the marked copy of each file that has one.
        unmarked: why a file that could be opened has none.
        report: the report.
    """

    copies: dict[str, Path]
    unmarked: dict[str, str]
    report: Path | None


def validate(  # noqa: PLR0913 - one parameter for each option of the command line
    paths: Sequence[Path],
    *,
    against: Path | None = None,
    annotate: Path | None = None,
    report: Path | None = None,
    jobs: int | None = 1,
    templates: Path | None = None,
) -> Outcome:
    """Check submitted forms.

    Args:
        paths: files and folders.
        against: the commissioning workbook that the forms were issued from.
        annotate: a folder for marked copies; made if it is not there.
        report: a file for the summary of the batch, .xlsx or .html.
        jobs: how many processes check at once; None for as many as so many files are worth.
            The results are the same. More than one needs a script that can be imported.
        templates: a folder of templates that comes first.

    Returns:
        Every file with its status and findings. A file that cannot be read is a result.

    Raises:
        XlframeworkError: if nothing can be checked, or something cannot be written.
    """
    if jobs is not None and jobs < 1:
        raise MisuseError(f"--jobs {jobs}: at least one process is needed.")
    if report is not None:
        _refuse_report(report)
    compared = None if against is None else open_against(against, templates)
    submitted = find_submitted(paths, [path for path in (against, report) if path is not None])
    if report is not None:
        _refuse_to_replace(report, submitted)
    known = read_known(templates, compared)
    looks = _looks(templates, known.catalogue) if annotate or report else None
    folder = None if annotate is None else open_marked_folder(annotate, submitted.files)
    desk = Desk(known, looks if folder is not None else None)
    first, unmarked = _examine(submitted.files, desk, folder, jobs)
    batch = check_batch(first, known.catalogue)
    _mark_again(first, batch, desk, folder)
    summary = summarise(batch, known.forms, known.catalogue, compared, _counted(batch))
    if report is not None and looks is not None:
        _write_report(summary, looks, report)
    written = Written({} if folder is None else folder.names, unmarked, report)
    return _outcome(batch, summary, submitted, written)


def _refuse_report(report: Path) -> None:
    if report.suffix.lower() not in _REPORTS:
        raise MisuseError(f"--report {report}: name a file that ends in .xlsx or .html.")
    if report.is_dir():
        raise MisuseError(f"--report {report} is a folder; name a file.")


def _refuse_to_replace(report: Path, submitted: Submitted) -> None:
    """Keep a report from taking the place of a return, or of anything else that is not ours."""
    sent = {os.path.realpath(path) for path in submitted.files}
    if os.path.realpath(report) in sent or (report.exists() and not _is_report(report)):
        raise MisuseError(
            f"{report} is already there and is no report of ours, or has been saved by another "
            "program since, so nothing was written. Name another file, or move it away."
        )


def _is_report(path: Path) -> bool:
    try:
        if path.suffix.lower() == ".html":
            return GENERATOR in path.read_text("utf-8", errors="replace")
        with zipfile.ZipFile(path) as archive:
            return is_packed_by_us(archive) and TITLE.encode() in archive.read(_CORE)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return False


def _looks(templates: Path | None, catalogue: Catalogue) -> Looks:
    path = required_template(SKELETON, templates)
    return read_looks(open_package(path), catalogue)


def _examine(
    files: Sequence[Path], desk: Desk, folder: MarkedFolder | None, jobs: int | None
) -> tuple[tuple[Checked, ...], dict[str, str]]:
    """Check every file, and write each marked copy as soon as it is made."""
    checked: list[Checked] = []
    unmarked: dict[str, str] = {}
    for path, examined in zip(files, examine_all(files, desk, jobs), strict=True):
        checked.append(examined.checked)
        why = examined.unmarked
        if examined.marked is not None and folder is not None:
            why = _written(folder, path, examined.marked)
        if why is not None:
            unmarked[str(path)] = why
    return tuple(checked), unmarked


def _written(folder: MarkedFolder, path: Path, data: bytes) -> str | None:
    """Write a marked copy, or say why it could not be; the others are written all the same."""
    try:
        folder.write(path, data)
    except XlframeworkError as error:
        return str(error)
    return None


def _mark_again(
    first: Iterable[Checked], batch: Iterable[Checked], desk: Desk, folder: MarkedFolder | None
) -> None:
    """Renew the copies of files of which only the whole batch could tell something."""
    for before, after in zip(first, batch, strict=True):
        if folder is None or after is before or after.file not in folder.names:
            continue
        examined: Examined = mark_again(after, desk)
        if examined.marked is not None:
            _written(folder, Path(after.file), examined.marked)


def _counted(batch: Sequence[Checked]) -> frozenset[str]:
    """Give the files that count: of several returns about one thing, the latest."""
    several = [members for members in groups(batch) if len(members) > 1]
    earlier = {each.file for members in several for each in members if each is not latest(members)}
    return frozenset(each.file for each in batch) - earlier


def _write_report(summary: Summary, looks: Looks, report: Path) -> None:
    if report.suffix.lower() == ".html":
        write_file(report_html(summary).encode(errors="replace"), report)
    else:
        write_file(package_bytes(report_book(summary, looks)), report)


def _outcome(
    batch: Sequence[Checked], summary: Summary, submitted: Submitted, written: Written
) -> Outcome:
    parts = [batch_text(batch, summary), "\n".join(_written_lines(submitted, written))]
    data: dict[str, object] = {
        "against": summary.against,
        "files": [_file_json(each, written) for each in batch],
        "groups": [_group_json(group) for group in summary.groups],
        "passed_over": [str(path) for path in (*submitted.passed_over, *submitted.marked)],
        "report": None if written.report is None else str(written.report),
    }
    text = "\n\n".join(part for part in parts if part)
    return Outcome(COMMAND, text, summary.findings, data)


def _written_lines(submitted: Submitted, written: Written) -> Iterable[str]:
    if written.copies:
        folder = next(iter(written.copies.values())).parent
        yield f"{_copies(len(written.copies))} in {folder}."
    for file, why in written.unmarked.items():
        yield on_one_line(f"No marked copy of {file}: {why}")
    if written.report is not None:
        yield f"Report: {written.report}"
    if submitted.marked:
        copies = _copies(len(submitted.marked))
        yield f"{copies} of ours passed over: {names_text(submitted.marked)}"
    if submitted.passed_over:
        others = plural(len(submitted.passed_over), "other file")
        yield f"{others} passed over, no spreadsheets: {names_text(submitted.passed_over)}"


def _copies(number: int) -> str:
    return "1 marked copy" if number == 1 else f"{number:,} marked copies"


def _file_json(checked: Checked, written: Written) -> dict[str, object]:
    copy = written.copies.get(checked.file)
    return {
        "file": checked.file,
        "form": checked.form,
        "status": checked.status,
        "findings": [finding.as_json() for finding in checked.findings],
        "marked_copy": None if copy is None else str(copy),
    }


def _group_json(group: Group) -> dict[str, object]:
    return {
        "form": group.key.form,
        "year": group.key.year or None,
        "period": group.key.period or None,
        "partners": [_standing_json(each, group) for each in group.standings],
    }


def _standing_json(standing: Standing, group: Group) -> dict[str, object]:
    money = standing.money
    figures = {
        "award" if group.is_plan else "budget": money.given,
        "planned" if group.is_plan else "outturn": money.used,
        "left": money.left,
    }
    return {
        "organisation": standing.organisation,
        "area": standing.area or None,
        "file": standing.file,
        "status": standing.status,
        **{name: None if pence is None else pounds_text(pence) for name, pence in figures.items()},
    }
