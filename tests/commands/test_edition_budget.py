"""An edition's budget read from its CSV files is the one that its new workbook holds."""

from dataclasses import replace
from pathlib import Path

import pytest

from builders import ROOT, catalogue, declared, workbook_spec
from xlframework.commands.new import make_workbook
from xlframework.ground.errors import DeclarationError
from xlframework.ground.shipped import edition_names
from xlframework.model.budget import Budget, Origin
from xlframework.model.edition import Edition, read_bundled_edition, read_edition
from xlframework.sheets.edition_budget import budget_of
from xlframework.sheets.package.container import open_package, package_bytes, read_package
from xlframework.sheets.package.read import read_book
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.structure import take_snapshot

NOWHERE = Origin("", None, 0, {})

EDITION = """
name = "a"
title = "A"
source = "Nowhere."
years = ["2024/25 Budget", "2025/26 Actual"]
"""
LINES = """\
Line ID,Order,Block,Section,Service,Starts,Area code,Shared with,Term,2024/25 Budget,2025/26 Actual
L1,10.50,Commissioning,Victims, A service ,2024-04-01, E06000016 ,,Long,"1,250.50",0
,,,,,,,,,,
 L2 ,,Commissioning,Victims,"Two, on
two lines",,,L1,,-,
L3,30,commissioning,VICTIMS,,,,,,(500),£7
"""
SECTIONS = """\
Order,Block,Section,2024/25 Budget,2025/26 Actual
10,Commissioning,Victims,,
20,Commissioning,Entered,2500,0
"""
AREAS = "Area code,Area\n E06000016 ,Leicester\n,\n"


def without_origins(budget: Budget) -> Budget:
    return replace(
        budget,
        lines=tuple(replace(line, origin=NOWHERE) for line in budget.lines),
        sections=tuple(replace(section, origin=NOWHERE) for section in budget.sections),
    )


def workbook_budget(edition: Edition) -> Budget:
    skeleton = open_package(ROOT / "templates" / "commissioning.xlsx")
    package, _ = make_workbook(skeleton, declared(), edition, "a.xlsx")
    book = read_book(read_package(package_bytes(package), "a.xlsx"))
    snapshot, _ = take_snapshot(book, workbook_spec(), catalogue())
    assert snapshot is not None
    return read_budget(snapshot, workbook_spec())


def folder(path: Path, **files: str) -> Path:
    for name, text in {"lines": LINES, "sections": SECTIONS, "areas": AREAS, **files}.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    (path / "edition.toml").write_text(EDITION, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", edition_names())
def test_a_bundled_edition_gives_what_its_workbook_gives(name: str) -> None:
    edition = read_bundled_edition(name)
    budget = budget_of(edition, workbook_spec())
    assert budget.sections
    assert without_origins(budget) == without_origins(workbook_budget(edition))


def test_odd_but_good_values_are_read_as_the_workbook_gives_them(tmp_path: Path) -> None:
    edition = read_edition(folder(tmp_path))
    budget = budget_of(edition, workbook_spec())
    assert [dict(line.amounts) for line in budget.lines] == [
        {"2024/25 Budget": 1250_50, "2025/26 Actual": 0},
        {"2024/25 Budget": None, "2025/26 Actual": None},
        {"2024/25 Budget": -500_00, "2025/26 Actual": 7_00},
    ]
    assert [dict(section.entered) for section in budget.sections] == [
        {},
        {"2024/25 Budget": 2500_00, "2025/26 Actual": 0},
    ]
    assert without_origins(budget) == without_origins(workbook_budget(edition))


def test_a_line_knows_where_it_stands(tmp_path: Path) -> None:
    budget = budget_of(read_edition(folder(tmp_path)), workbook_spec())
    assert [str(line.origin.place("Service")) for line in budget.lines] == [
        f"{tmp_path / 'lines.csv'}, line {number}" for number in (2, 5, 6)
    ]


def test_an_edition_without_lines_has_an_empty_budget() -> None:
    edition = replace(read_bundled_edition("2024-25"), tables={})
    budget = budget_of(edition, workbook_spec())
    assert (budget.lines, budget.sections, budget.area_codes) == ((), (), frozenset())
    assert budget.headers == ("2024/25 Budget",)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (LINES.replace("(500)", "TBC"), "line 6: 2024/25 Budget: 'TBC' is not a plain amount"),
        (LINES.replace("2024-04-01", "April"), "line 2: Starts: 'April' is not a date"),
        (LINES.replace("Service", "Servcie"), "line 1: the table Lines has no column 'Servcie'"),
    ],
)
def test_what_cannot_be_read_is_named_as_new_names_it(
    lines: str, said: str, tmp_path: Path
) -> None:
    edition = read_edition(folder(tmp_path, lines=lines))
    with pytest.raises(DeclarationError, match=said):
        budget_of(edition, workbook_spec())
    with pytest.raises(DeclarationError, match=said):
        workbook_budget(edition)
