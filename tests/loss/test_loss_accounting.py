"""A refresh of a rich workbook: every part and every element is accounted for."""

import warnings
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from cli.terminal import Ran, run
from loss.rich import DECORATED, rich_parts
from loss.surgery import (
    CONTENT_TYPES,
    WORKBOOK_PART,
    Parts,
    packed,
    parts_of,
    sheet_part,
    table_part,
    tag,
    write_workbook,
)
from office import resave

CALCULATION_CHAIN = "xl/calcChain.xml"
WORKBOOK_LINKS = "xl/_rels/workbook.xml.rels"
OUR_CHART = "xl/charts/chart2.xml"
CHANGED_SHEETS = {"Sections", "Summary", "Table 1", "Figures", "Cover"}
# The total that the paper states differs from now on, which is one finding more.
GROWN_SHEETS = ("Checks",)
# And a status in another colour.
RECOLOURED_SHEET = "Figures"
# What the change log needs; `changes` leaves its own rows out.
LOG_SHEETS = ("Change log", "Last refresh")


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    return write_workbook(tmp_path, rich_parts())


def _refreshed(capsys: pytest.CaptureFixture[str], path: Path) -> tuple[Ran, Parts, Parts]:
    """Refresh and give what was printed, the parts before and the parts after."""
    before = parts_of(path.read_bytes())
    ran = run(capsys, "refresh", path, "--json")
    assert ran.err == ""
    return ran, before, parts_of(path.read_bytes())


def _named_cells(ran: Ran, sheet: str) -> set[str]:
    return {each["cell"] for each in ran.json["changes"] if each["sheet"] == sheet}


def test_only_the_parts_that_the_changes_name_are_other_bytes(
    capsys: pytest.CaptureFixture[str], rich: Path
) -> None:
    ran, before, after = _refreshed(capsys, rich)
    assert ran.code == 0, ran.out
    assert {each["sheet"] for each in ran.json["changes"]} == CHANGED_SHEETS | set(GROWN_SHEETS)
    sheets = (*CHANGED_SHEETS, *GROWN_SHEETS, *LOG_SHEETS)
    named = {sheet_part(before, sheet) for sheet in sheets}
    named |= {table_part(before, table) for table in ("Change_log", "Checks")}
    assert set(before) - set(after) == {CALCULATION_CHAIN}
    assert set(after) <= set(before)
    changed = {part for part in after if after[part] != before[part]}
    assert changed == named | {OUR_CHART, WORKBOOK_PART, WORKBOOK_LINKS, CONTENT_TYPES}


@pytest.mark.parametrize("sheet", sorted(CHANGED_SHEETS))
def test_every_element_of_a_changed_sheet_survives_but_the_named_cells(
    capsys: pytest.CaptureFixture[str], rich: Path, sheet: str
) -> None:
    ran, before, after = _refreshed(capsys, rich)
    part = sheet_part(before, sheet)
    named = _named_cells(ran, sheet)
    assert named
    is_recoloured = sheet == RECOLOURED_SHEET
    assert _without(before[part], named, looks=is_recoloured) == _without(
        after[part], named, looks=is_recoloured
    )


def _without(part: bytes, named: set[str], *, looks: bool) -> bytes:
    """Give a sheet's XML in canonical form, without what the named cells hold.

    A row's hint about its columns and the height of a row with changed words may
    change with them; so may the looks of the cells where they tell something.
    """
    root = etree.fromstring(part)
    for row in root.iter(tag("row")):
        row.attrib.pop("spans", None)
        for cell in row.findall(tag("c")):
            if cell.get("r") in named:
                row.attrib.pop("ht", None)
                for child in list(cell):
                    cell.remove(child)
                cell.attrib.pop("t", None)
                if looks:
                    cell.attrib.pop("s", None)
    return etree.tostring(root, method="c14n")


@pytest.mark.parametrize("sheet", LOG_SHEETS)
def test_every_element_of_the_log_s_sheets_survives_but_their_rows(
    capsys: pytest.CaptureFixture[str], rich: Path, sheet: str
) -> None:
    _, before, after = _refreshed(capsys, rich)
    part = sheet_part(before, sheet)
    old, new = (etree.fromstring(parts[part]) for parts in (before, after))
    assert len(new.findall(f".//{tag('row')}")) >= len(old.findall(f".//{tag('row')}"))
    for root in (old, new):
        for child in root.findall(tag("sheetData")) + root.findall(tag("dimension")):
            root.remove(child)
    assert etree.tostring(old, method="c14n") == etree.tostring(new, method="c14n")


def test_the_workbook_part_is_only_asked_to_calculate(
    capsys: pytest.CaptureFixture[str], rich: Path
) -> None:
    _, before, after = _refreshed(capsys, rich)
    asked = etree.fromstring(after[WORKBOOK_PART])
    settings = asked.find(tag("calcPr"))
    assert settings is not None
    assert settings.attrib.pop("fullCalcOnLoad") == "1"
    old = etree.fromstring(before[WORKBOOK_PART])
    assert etree.tostring(asked, method="c14n") == etree.tostring(old, method="c14n")


@pytest.mark.parametrize("part", [WORKBOOK_LINKS, CONTENT_TYPES])
def test_lists_of_parts_lose_the_calculation_chain_and_nothing_else(
    capsys: pytest.CaptureFixture[str], rich: Path, part: str
) -> None:
    _, before, after = _refreshed(capsys, rich)
    old = [dict(entry.attrib) for entry in etree.fromstring(before[part])]
    new = [dict(entry.attrib) for entry in etree.fromstring(after[part])]
    gone = [entry for entry in old if entry not in new]
    assert [entry for entry in new if entry not in old] == []
    assert len(gone) == 1
    assert "calcChain" in str(gone)


def test_the_new_figures_are_there_and_the_team_s_words_too(
    capsys: pytest.CaptureFixture[str], rich: Path
) -> None:
    _refreshed(capsys, rich)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it would drop on saving
        book = openpyxl.load_workbook(rich, data_only=True, rich_text=True)
    assert book["Sections"]["D5"].value == 1412615
    for sheet in DECORATED:
        assert book[sheet]["AA1"].value == "ours"
        assert str(book[sheet]["AA4"].value) == "bold words"
    assert book["Lines"]["U6"].value == "PO 1234"
    assert book["Workings"]["B2"].comment is not None
    book.close()


def test_a_second_refresh_leaves_the_file_alone(
    capsys: pytest.CaptureFixture[str], rich: Path
) -> None:
    run(capsys, "refresh", rich, "--no-backup")
    settled, stamp = rich.read_bytes(), rich.stat().st_mtime_ns
    again = run(capsys, "refresh", rich, "--json")
    assert (again.code, again.json["changes"]) == (0, [])
    assert (rich.read_bytes(), rich.stat().st_mtime_ns) == (settled, stamp)
    assert sorted(each.name for each in rich.parent.iterdir()) == ["budget.xlsx"]


def test_the_file_before_is_kept_whole(capsys: pytest.CaptureFixture[str], rich: Path) -> None:
    run(capsys, "refresh", rich)
    kept = rich.with_name("budget.previous.xlsx")
    assert kept.read_bytes() == packed(rich_parts())


def test_libreoffice_opens_the_refreshed_workbook(
    capsys: pytest.CaptureFixture[str], rich: Path, tmp_path: Path
) -> None:
    run(capsys, "refresh", rich)
    folder = tmp_path / "office"
    folder.mkdir()
    (saved,) = resave([rich], folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(saved, data_only=True)
    assert book["Summary"]["D33"].value == 6674238
    assert book["Workings"]["D9"].value == 300
    book.close()
