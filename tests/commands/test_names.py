"""The checks of names as refresh runs them, and between two workbooks."""

from pathlib import Path

import openpyxl
import pytest

from commands.workbooks import type_into
from known_findings import further
from xlframework.appendix.read_layout import chosen_layout
from xlframework.commands.names import names_across, printed_columns
from xlframework.commands.new import new
from xlframework.commands.refresh import refresh
from xlframework.commands.workbook import open_workbook, read_declared
from xlframework.ground.shipped import find_template
from xlframework.sheets.read_words import PrintedColumn
from xlframework.sheets.snapshot import Snapshot
from xlframework.sheets.structure import take_snapshot

# The first lines of the workbook: C24-01 in row 5.
SERVICE, PROVIDER, MECHANISM, TERM, REACH = ("E", "G", "H", "I", "L")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "budget.xlsx"
    new(path, edition="2024-25")
    return path


def own_file(folder: Path, name: str, old: str, changed: str) -> Path:
    """Give a templates folder with a changed copy of one shipped file."""
    shipped = find_template(name)
    assert shipped is not None
    text = shipped.read_text(encoding="utf-8")
    assert text.count(old) == 1
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text.replace(old, changed), encoding="utf-8")
    return folder


def snapshot(path: Path) -> Snapshot:
    declared = read_declared(None)
    found, _ = take_snapshot(open_workbook(path).book, declared.workbook, declared.catalogue)
    assert found is not None
    return found


def test_a_slip_in_a_name_is_a_warning_in_the_sheet_checks(workbook: Path) -> None:
    type_into(workbook, "Lines", f"{PROVIDER}5", "Cach 22")
    outcome = refresh(workbook)
    (finding,) = further(outcome.findings)
    assert (finding.rule, finding.place.cell, finding.expected) == ("name-near", "G5", "Catch 22")
    assert outcome.exit_code == 0
    rows = openpyxl.load_workbook(workbook)["Checks"].iter_rows(values_only=True)
    (row,) = (row for row in rows if row[0] == "name-near")
    assert row[1:4] == ("warning", "Lines", "G5")
    assert refresh(workbook).data["changes"] == []


def test_words_that_have_slipped_a_column_are_one_finding_a_cell(workbook: Path) -> None:
    type_into(workbook, "Lines", f"{REACH}5", "Long")
    type_into(workbook, "Lines", f"{MECHANISM}6", "No such word")
    found = [(each.rule, each.place.cell) for each in further(refresh(workbook).findings)]
    assert sorted(found) == [("line-code-unlisted", "H6"), ("word-misplaced", "L5")]


def test_a_council_that_a_team_adds_to_its_list_passes(workbook: Path, tmp_path: Path) -> None:
    old = 'name = "Melton Borough Council"'
    also = f'{old}\n\n[[council]]\nname = "Melton District Council"'
    folder = own_file(tmp_path / "own", "councils.toml", old, also)

    def councils(templates: Path | None) -> set[str | None]:
        outcome = refresh(workbook, dry_run=True, templates=templates)
        return {each.found for each in outcome.findings if each.rule == "council-unknown"}

    assert councils(None) - councils(folder) == {"Melton District Council"}
    assert len(councils(folder)) == 4


def test_two_names_that_a_team_declares_different_pass(workbook: Path, tmp_path: Path) -> None:
    type_into(workbook, "Lines", f"{PROVIDER}5", "Quetzals")
    folder = own_file(
        tmp_path / "own", "names.toml", "different = []", 'different = [["quetzal", "Quetzals"]]'
    )
    (finding,) = further(refresh(workbook, dry_run=True).findings)
    assert finding.rule == "name-near"
    assert not further(refresh(workbook, dry_run=True, templates=folder).findings)


def test_another_workbook_is_compared_by_name(workbook: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.xlsx"
    new(older, edition="2018-21")
    found = names_across(snapshot(workbook), snapshot(older), read_declared(None))
    (hampton,) = (each for each in found if each.found == "Hampton Trust")
    assert (hampton.rule, hampton.place.sheet, hampton.place.cell) == (
        "name-near-elsewhere",
        "Lines",
        "G30",
    )
    assert f"'The Hampton Trust' in {older}, Lines G28" in hampton.message
    assert not names_across(snapshot(older), snapshot(older), read_declared(None))


def test_a_layout_tells_what_its_printed_columns_are() -> None:
    layouts = [chosen_layout(name) for name in ("2016-17-appendix-b", "2016-17-table-1-plf")]
    columns = printed_columns(layouts)
    contract = columns["2016-17-appendix-b", "Contract Name /Initiative and description"]
    assert contract == PrintedColumn("Lines", ("Service", "Provision"), " \N{EN DASH} ")
    assert columns["2016-17-table-1-plf", "CSP"] == PrintedColumn("Areas", ("CSP",))
    assert ("2016-17-appendix-b", "16/17 value") not in columns


def test_a_priority_of_another_theme_is_found_in_the_first_column_only(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    new(path, edition="2016-17")
    # MAPPOM, under Reducing Offending and Re-offending; SP9 is a priority for victims.
    type_into(path, "Lines", "K7", "SP9")
    assert "priority-outside-theme" not in {each.rule for each in refresh(path).findings}
    type_into(path, "Lines", "J7", "SP9")
    (finding,) = (each for each in refresh(path).findings if each.rule == "priority-outside-theme")
    assert (finding.place.sheet, finding.place.cell) == ("Lines", "J7")
    assert finding.expected == "SP1, SP2, SP3, SP4"
