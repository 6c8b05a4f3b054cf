"""What the buttons of the group Returns do: issue forms, and check those that came back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xlframework.addin.at_excel import saved_file
from xlframework.addin.dialogs import choose, choose_folder
from xlframework.addin.reply import SILENT, Reply
from xlframework.addin.texts import findings_short, icon_for
from xlframework.commands.returns_issue import form_years, returns_issue
from xlframework.commands.validate import validate
from xlframework.commands.wording import plain_number, plural
from xlframework.model.form_file import read_forms
from xlframework.sheets.live.excel import ExcelBook

_MARKED = "checked"
_REPORT = "returns-report.xlsx"
_MOST_FILES = 8


def issue_forms(book: ExcelBook) -> Reply:
    """Write one form per partner into a folder that is asked for."""
    path = saved_file(book, "the forms take their amounts from the saved file")
    if path is None:
        return SILENT
    forms = {form.title: form for form in read_forms(None)}
    title = choose(book, "Issue the form", list(forms))
    if title is None:
        return SILENT
    form = forms[title]
    # The latest year first: forms are mostly issued for the year to come.
    years = list(reversed(form_years(path, form.name)))
    year = choose(book, f"{title} for", years) if years else None
    if years and year is None:
        return SILENT
    folder = choose_folder(book, f"Choose the folder for the forms: {title}")
    if folder is None:
        return SILENT
    outcome = returns_issue(path, form.name, folder, year=year)
    data: Mapping[str, Any] = outcome.data
    if not data.get("files"):
        return Reply("exclamation", f"No form was written.\n\n{findings_short(outcome.findings)}")
    total = plain_number(str(data["total"]))
    count = plural(len(data["files"]), "form")
    parts = [f"{title}, {data['year']}: {count} in {folder}, together £{total}."]
    if data["left_out"]:
        parts.append("No form: " + "; ".join(_left_out(each) for each in data["left_out"]) + ".")
    if outcome.findings:
        parts.append(findings_short(outcome.findings))
    return Reply(icon_for(outcome.findings), "\n\n".join(parts))


def _left_out(left_out: Mapping[str, Any]) -> str:
    return f"{left_out['what']} ({left_out['why']})"


def check_returns(book: ExcelBook) -> Reply:
    """Check the returns in a folder that is asked for, against the saved workbook.

    Marked copies and a report go into a folder beside them.
    """
    path = saved_file(book, "returns are compared with the saved file")
    if path is None:
        return SILENT
    folder = choose_folder(book, "Choose the folder of returned forms")
    if folder is None:
        return SILENT
    marked = folder / _MARKED
    outcome = validate([folder], against=path, annotate=marked, report=marked / _REPORT)
    data: Mapping[str, Any] = outcome.data
    files: Sequence[Mapping[str, Any]] = data["files"]
    counts = Counter(str(each["status"]) for each in files)
    counted = ", ".join(f"{number} {status}" for status, number in counts.items())
    # First where everything is, for a long list of what is wrong is cut at its end.
    parts = [
        f"{plural(len(files), 'return')}: {counted}.",
        f"Marked copies and {_REPORT}, which has every finding, are in {marked}.",
    ]
    wrong = [each for each in files if each["status"] in {"rejected", "unreadable"}]
    if wrong:
        parts.append("\n".join(_wrong(wrong)))
    return Reply(icon_for(outcome.findings), "\n\n".join(parts))


def _wrong(files: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    lines = []
    for each in files[:_MOST_FILES]:
        errors = [found for found in each["findings"] if found["severity"] == "error"]
        place = errors[0]["cell"] or "the file" if errors else "the file"
        first = f" {place}: {errors[0]['message']}" if errors else ""
        lines.append(f"- {Path(str(each['file'])).name}: {plural(len(errors), 'error')};{first}")
    rest = len(files) - _MOST_FILES
    return [*lines, f"and {rest} more."] if rest > 0 else lines
