"""LibreOffice works out every edition's workbook and published tables to the values we stored."""

from pathlib import Path

from agreement.recalculation import assert_all_agree
from published.oracle import LAYOUTS, TABLES
from xlframework.commands.appendix import appendix
from xlframework.commands.new import new

# How many formulas each published table has: subtotals and totals a year, and what is computed.
# The other tables have neither, and hold constants alone.
FORMULAS = {
    "2016-17-table-1-plf": 1,
    "2016-17-appendix-b": 6,
    "2016-17-appendix-c": 1,
    "2016-17-decision-record": 6,
    "2018-21-appendix-a": 15,
    "2020-21-table-1": 4,
    "2020-21-table-3": 1,
    "2020-21-appendix-a": 15,
    "2024-25-table-1": 1,
    "2024-25-grants": 1,
    "2025-28-mtfp": 4,
}


def test_libreoffice_agrees_about_every_edition_and_every_published_table(tmp_path: Path) -> None:
    workbooks = [tmp_path / f"{edition}.xlsx" for edition in TABLES]
    for workbook in workbooks:
        new(workbook, edition=workbook.stem)
    appendix(workbooks, tmp_path / "published", formats=["xlsx"])
    published = [
        tmp_path / "published" / f"{edition}_{layout}.xlsx"
        for edition, layout in LAYOUTS
        if layout in FORMULAS
    ]
    formulas = assert_all_agree([*workbooks, *published], tmp_path)
    assert formulas[len(workbooks) :] == list(FORMULAS.values())
