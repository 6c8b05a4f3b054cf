"""`returns issue`: writes one pre-filled form per partner."""

import contextlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from xlframework.commands.against import Commissioning, open_commissioning
from xlframework.commands.outcome import Outcome
from xlframework.commands.wording import findings_text, plural, table_text
from xlframework.commands.workbook import read_declared
from xlframework.ground.errors import MisuseError, XlframeworkError
from xlframework.ground.financial_year import AmountColumn, FinancialYear
from xlframework.ground.money import pounds_text, spoken_pounds
from xlframework.model.budget import Budget
from xlframework.model.form import Form
from xlframework.model.form_file import read_form
from xlframework.model.returns import Issued, LeftOut
from xlframework.rules.returns.issued import Partners, issue
from xlframework.sheets.file_book import write_file
from xlframework.sheets.returns.read_against import columns_of, read_localities

COMMAND = "returns issue"

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'\N{RIGHT SINGLE QUOTATION MARK}")
# A file's name is limited in length, and on Windows so is its whole path.
_LONGEST = 80


def returns_issue(
    workbook: Path,
    form: str,
    out: Path,
    *,
    year: str | None = None,
    templates: Path | None = None,
) -> Outcome:
    """Write a form for every partner; the workbook itself is not changed.

    Args:
        workbook: the commissioning workbook.
        form: the form's name.
        out: the folder to write to; made if it is not there.
        year: such as 2024/25; None if the workbook has only one.
        templates: a folder of templates that comes first.

    Returns:
        The files, and who gets none with the reason. Nothing is written if the
        workbook's figures cannot be relied on. A file that is there already with the
        same contents is left alone.

    Raises:
        XlframeworkError: if something that is named cannot be used, or a file of that name
            holds something else; then no file is written.
    """
    declared = read_declared(templates)
    chosen = read_form(form, templates)
    if out.exists() and not out.is_dir():
        raise MisuseError(f"--out names {out}, which is a file; name a folder.")
    read = open_commissioning(workbook, declared)
    if not read.sound:
        text = f"{findings_text(read.findings)}\n\nPut the errors right first; no form was written."
        return Outcome(COMMAND, text, read.findings)
    column = chosen_column(workbook, chosen, read.budget, year)
    localities = tuple(read_localities(read.snapshot))
    issued, left_out = issue(chosen, read.budget.lines, localities, column)
    if not issued:
        raise MisuseError(_nobody(workbook, column, left_out))
    files = dict(zip(file_names(issued), _built(chosen, issued), strict=True))
    written = _write_all(files, out)
    return _outcome(read, chosen, (issued, left_out), [out / name for name in files], written)


def form_years(workbook: Path, form: str, templates: Path | None = None) -> tuple[str, ...]:
    """List the financial years that a form can be issued for, in the order of `Lines`.

    Args:
        workbook: the commissioning workbook.
        form: the form's name.
        templates: a folder of templates that comes first.

    Raises:
        XlframeworkError: if one of them cannot be read.
    """
    read = open_commissioning(workbook, read_declared(templates))
    return tuple(
        str(column.year) for column in columns_of(read_form(form, templates), read.budget.columns)
    )


def chosen_column(workbook: Path, form: Form, budget: Budget, year: str | None) -> AmountColumn:
    """Choose the amount column that a form is issued from.

    Args:
        workbook: for the message.
        form: the form.
        budget: with the workbook's columns.
        year: as the person gave it.

    Raises:
        MisuseError: if the year is none of the workbook's, or was left open where the
            workbook has several.
    """
    columns = columns_of(form, budget.columns)
    known = ", ".join(str(column.year) for column in columns)
    if not columns:
        raise MisuseError(
            f"{workbook} has no column such as 2024/25 {form.basis} in Lines, which the form "
            "takes its amounts from."
        )
    if year is None:
        if len(columns) > 1:
            raise MisuseError(f"{workbook} has {known}; say which one with --year.")
        return columns[0]
    try:
        wanted = FinancialYear.parse(year)
    except ValueError as error:
        raise MisuseError(f"--year: {year!r} is not a financial year such as 2024/25.") from error
    found = next((column for column in columns if column.year == wanted), None)
    if found is None:
        raise MisuseError(f"{workbook} has no {wanted} {form.basis}; the years it has are {known}.")
    return found


def _nobody(workbook: Path, column: AmountColumn, left_out: Sequence[LeftOut]) -> str:
    whose: dict[str, list[str]] = {}
    for each in left_out:
        whose.setdefault(each.why, []).append(each.what)
    reasons = "; ".join(f"{', '.join(names)}: {why}" for why, names in whose.items())
    return f"{workbook} has nobody to send this form to for {column.year}" + (
        f" ({reasons})." if reasons else ": no line has an amount."
    )


def file_names(issued: Iterable[Issued]) -> Iterator[str]:
    """Give each form's file name; of equal ones the second gets a number, and so on."""
    taken: set[str] = set()
    for each in issued:
        year = each.year.replace("/", "-")
        stem = f"{each.form}_{year}_{safe_name(each.organisation)}"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        yield f"{name}.xlsx"


def safe_name(text: str) -> str:
    """Write a name in letters, digits and hyphens: `Women's Aid` is `Womens-Aid`."""
    spelt = unicodedata.normalize("NFKD", text.replace("&", " and ").translate(_APOSTROPHES))
    plain = "".join(letter for letter in spelt if not unicodedata.combining(letter))
    return _NOT_IN_A_NAME.sub("-", plain)[:_LONGEST].strip("-") or "partner"


def _built(form: Form, issued: Iterable[Issued]) -> Iterator[bytes]:
    # Here, because it needs a library that is slow to load and only this command uses.
    from xlframework.sheets.returns.form_book import build_form  # noqa: PLC0415

    for each in issued:
        yield build_form(form, each)


def _write_all(files: Mapping[str, bytes], out: Path) -> list[Path]:
    """Write every form or none, and give those that were not there already.

    Raises:
        XlframeworkError: if one of them cannot be written, or would replace another file.
    """
    new = {name: data for name, data in files.items() if not _is_there(out / name, data)}
    written: list[Path] = []
    try:
        for name, data in new.items():
            write_file(data, out / name)
            written.append(out / name)
    except XlframeworkError:
        for path in written:
            with contextlib.suppress(OSError):
                path.unlink()
        raise
    return written


def _is_there(path: Path, data: bytes) -> bool:
    """Tell whether a file stands there with these contents.

    Raises:
        MisuseError: if it holds something else, which might be a partner's return.
    """
    try:
        held = path.read_bytes() if path.exists() else None
    except OSError as error:
        raise MisuseError(f"{path} is already there and cannot be read; move it away.") from error
    if held is not None and held != data:
        raise MisuseError(
            f"{path} is already there and holds something else, perhaps what a partner filled in, "
            "so nothing was written. Name another folder, or move the file away."
        )
    return held is not None


def _outcome(
    read: Commissioning,
    form: Form,
    partners: Partners,
    paths: Sequence[Path],
    written: Sequence[Path],
) -> Outcome:
    issued, left_out = partners
    total = sum(each.award for each in issued)
    rows = [
        (path.name, plural(len(each.lines), "line"), spoken_pounds(each.award))
        for path, each in zip(paths, issued, strict=True)
    ]
    rows.append((f"{form.name}, {issued[0].year}: all forms", "", spoken_pounds(total)))
    parts = [table_text(("Form", "asks about", "amount"), rows)]
    if left_out:
        parts.append("\n".join(["No form:", *map(_left_out_text, left_out)]))
    covered = [
        f"    {each.line_id} ({one.organisation}): part of {each.by}."
        for one in issued
        for each in one.covered
    ]
    if covered:
        parts.append(
            "\n".join(["Not asked for, because another line's amount covers it:", *covered])
        )
    if read.findings:
        parts.append(findings_text(read.findings))
    there = len(paths) - len(written)
    same = f"; {plural(there, 'form')} stood there already, just the same" if there else ""
    parts.append(f"{plural(len(written), 'form')} written to {paths[0].parent}{same}.")
    data = {
        "form": form.name,
        "year": issued[0].year,
        "total": pounds_text(total),
        "files": [str(path) for path in paths],
        "forms": [_issued_json(path, each) for path, each in zip(paths, issued, strict=True)],
        "left_out": [
            {"what": each.what, "why": each.why, "lines": list(each.lines)} for each in left_out
        ],
    }
    return Outcome(COMMAND, "\n\n".join(parts), read.findings, data)


def _left_out_text(left_out: LeftOut) -> str:
    lines = f" ({', '.join(left_out.lines)})" if any(left_out.lines) else ""
    return f"    {left_out.what}{lines}: {left_out.why}."


def _issued_json(path: Path, issued: Issued) -> dict[str, object]:
    return {
        "file": str(path),
        "organisation": issued.organisation,
        "area_code": issued.area_code or None,
        "award": pounds_text(issued.award),
        "lines": [
            {"line_id": each.line_id, "service": each.service, "budget": pounds_text(each.budget)}
            for each in issued.lines
        ],
        "covered": [{"line_id": each.line_id, "by": each.by} for each in issued.covered],
    }
