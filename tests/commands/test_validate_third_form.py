"""A form that a team declares itself is checked, marked and reported with no Python."""

from pathlib import Path

import openpyxl

from agreement.test_third_form import GRANT
from commands.submissions import COMMISSIONING
from xlframework.commands.outcome import Outcome
from xlframework.commands.returns_issue import returns_issue
from xlframework.commands.validate import validate


def sent(folder: Path, typed: object) -> Outcome:
    (folder / "returns").mkdir()
    (folder / "returns" / "grant-claim.toml").write_text(GRANT, encoding="utf-8")
    returns_issue(COMMISSIONING, "grant-claim", folder / "in", templates=folder)
    for path in (folder / "in").iterdir():
        if "Catch-22" not in path.name:
            path.unlink()
            continue
        book = openpyxl.load_workbook(path)
        sheet = book["Return"]
        (table,) = sheet.tables.values()
        top, last = (int(part.lstrip("ABCDEFGHIJ")) for part in table.ref.split(":"))
        kept = next(cell.column for cell in sheet[top] if cell.value == "Kept back")
        for row in range(top + 1, last + 1):
            sheet.cell(row, kept).value = typed  # type: ignore[assignment]
        book.save(path)
    return validate(
        [folder / "in"],
        against=COMMISSIONING,
        annotate=folder / "marked",
        report=folder / "report.xlsx",
        templates=folder,
    )


def test_it_is_known_and_who_has_not_returned_it_is_said(tmp_path: Path) -> None:
    outcome = sent(tmp_path, 1)
    assert "(grant-claim)" in outcome.text
    assert "Grant claim, 2024/25: returned by 1 of " in outcome.text
    assert "could not be read" not in outcome.text
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["Summary", "Returns", "Findings"], "it says nothing of money planned"


def test_a_bad_cell_of_it_is_marked(tmp_path: Path) -> None:
    outcome = sent(tmp_path, "£5")
    (finding,) = (each for each in outcome.findings if each.rule == "return-amount-text")
    book = openpyxl.load_workbook(next((tmp_path / "marked").iterdir()))
    cell = (finding.place.cell or "").partition(":")[0].partition(",")[0]
    assert book["Return"][cell].comment is not None
