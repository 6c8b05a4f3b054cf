"""The report of a comparison, worked out by LibreOffice, gives the numbers that Python stored."""

from pathlib import Path

from openpyxl.workbook import Workbook

import excel_user
from agreement.recalculation import assert_all_agree
from xlframework.commands.compare import compare
from xlframework.commands.new import new


def with_pence(book: Workbook) -> None:
    amounts = {"C24-01": 0.1, "C24-02": 0.2, "C24-03": None, "C24-05": "TBC", "G24-01": -7.77}
    for line_id, amount in amounts.items():
        excel_user.set_cell(book, line_id, "2024/25 Budget", amount)
    excel_user.set_cell(book, "C24-20", "Section", 'The "other" section')
    excel_user.delete_line(book, "C24-32")


def test_libreoffice_recalculates_reports_to_our_values(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    for workbook in (first, second):
        new(workbook, edition="2024-25")
    excel_user.edit(second, with_pence)
    sides: dict[str, tuple[str | Path, str | Path]] = {
        "editions": ("2018-21", "2020-21"),
        "subtotals": ("2024-25", "2025-28"),
        "other years": ("2020-21", "2024-25"),
        "versions": (first, second),
    }
    reports = []
    for name, (old, other) in sides.items():
        reports.append(tmp_path / f"report {name}.xlsx")
        compare(old, other, report=reports[-1])
    editions, subtotals, *_ = assert_all_agree(reports, tmp_path)
    # A change for each line and year; for each sum a change and a percentage; the totals.
    assert editions == 44 * 3 + (15 * 2 + 3 * 2)
    assert subtotals == 12 * 2 + 2
