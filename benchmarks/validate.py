"""How long does it take to check returns, against openpyxl merely opening the same files?

Ratios within one run; medians of interleaved rounds. Run: make bench
"""

import itertools
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from xlframework.commands.new import new
from xlframework.commands.returns_issue import returns_issue
from xlframework.commands.validate import validate

ROUNDS = 5
LARGE_BATCH = 500


def main() -> None:
    """Measure and print a row of RESULTS.md."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workbook = folder / "commissioning.xlsx"
        new(workbook, edition="2024-25")
        sent = filled_forms(workbook, folder / "forms")
        batch, large = (
            posted(sent, folder / "in", len(sent)),
            posted(sent, folder / "large", LARGE_BATCH),
        )
        marked = folder / "marked"

        def check() -> None:
            validate([batch], against=workbook)

        def mark() -> None:
            validate([batch], against=workbook, annotate=marked)

        def merely_open() -> None:
            for path in batch.iterdir():
                openpyxl.load_workbook(path)

        assert_right(batch, workbook, len(sent))
        steps = (check, mark, merely_open)
        rounds = [[timed(step) for step in steps] for _ in range(ROUNDS)]
        whole = timed(lambda: validate([large], against=workbook, jobs=None))
    checked, noted, other = (statistics.median(column) for column in zip(*rounds, strict=True))
    each = other / len(sent) * 1000
    print(f"| {checked / other:.2f} | {noted / other:.2f} | {each:.0f} ms | {whole:.1f} s |")


def filled_forms(workbook: Path, folder: Path) -> list[Path]:
    """Issue every form of the workbook and fill it in, as a partner's library would."""
    for form in ("csp-plan-budget", "monitoring-return"):
        returns_issue(workbook, form, folder)
    paths = sorted(folder.iterdir())
    for path in paths:
        book = openpyxl.load_workbook(path)
        sheet = book["Return"]
        named = {
            name: cell_of(book.defined_names[name].attr_text)
            for name in book.defined_names
            if not name.startswith("List_")
        }
        sheet[named["Declared_by"]] = "A. Treasurer"
        sheet[named["Declared_on"]] = datetime(2024, 7, 15)  # noqa: DTZ001 - a cell knows no zone
        if "Period" in named:
            sheet[named["Period"]] = "Q1"
        fill(sheet, named)
        book.save(path)
    return paths


def cell_of(target: str) -> str:
    """Give the address that a defined name refers to."""
    return target.rpartition("!")[2].replace("$", "")


def fill(sheet: Worksheet, named: dict[str, str]) -> None:
    """Plan the award in twenty activities, or spend a quarter of every line's budget."""
    (table,) = sheet.tables.values()
    top, bottom = (int("".join(filter(str.isdigit, end))) for end in table.ref.split(":"))
    headers = {str(cell.value): cell.column for cell in sheet[top] if cell.value is not None}
    if "Activity" not in headers:
        for row in range(top + 1, bottom + 1):
            budget = float(str(sheet.cell(row, headers["Budget"]).value))
            sheet.cell(row, headers["Spent Q1"]).value = budget
            sheet.cell(row, headers["Forecast to year end"]).value = 0
        return
    award = int(str(sheet[named["Award"]].value))
    for number in range(20):
        share = award // 20 + (award % 20 if number == 0 else 0)
        words = (f"Activity {number}", "Prevention", "Provider", "Staffing")
        for header, word in zip(list(headers)[:4], words, strict=True):
            sheet.cell(top + 1 + number, headers[header]).value = word
        for header, amount in (("Q1", share), ("Q2", 0), ("Q3", 0), ("Q4", 0)):
            sheet.cell(top + 1 + number, headers[header]).value = amount
        sheet.cell(top + 1 + number, headers["Outcome measure"]).value = "Fewer victims"


def posted(sent: list[Path], folder: Path, number: int) -> Path:
    """Copy the returns into a folder, over and over, up to so many."""
    folder.mkdir()
    for place, path in zip(range(number), itertools.cycle(sent)):
        shutil.copyfile(path, folder / f"{place:03d} {path.name}")
    return folder


def assert_right(batch: Path, workbook: Path, number: int) -> None:
    """Check that all was read: every plan spends its award, and all of it is found."""
    found = json.loads(json.dumps(validate([batch], against=workbook).as_json()))
    assert len(found["files"]) == number
    assert {each["status"] for each in found["files"]} <= {"accepted", "accepted with warnings"}
    plans = next(group for group in found["groups"] if group["form"] == "csp-plan-budget")
    assert sum(float(each["planned"]) for each in plans["partners"]) == 639676


def timed(step: Callable[[], object]) -> float:
    """Give the seconds that a step takes."""
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
