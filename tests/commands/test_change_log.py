"""The change log says who changed what: people's amounts first, then the command's own work."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import excel_user
from commands.workbooks import type_into
from xlframework.commands.new import new
from xlframework.commands.refresh import refresh
from xlframework.ground.version import VERSION

SOURCE = (
    "An illustration by xlframework. The weights of the 2024-25 split were never published, "
    "and these are not presented as the Commissioner's."
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "budget.xlsx"
    new(path, edition="2024-25")
    return path


def log(workbook: Path) -> list[dict[str, object]]:
    rows = excel_user.rows(openpyxl.load_workbook(workbook), "Change_log")
    return [row for row in rows if any(value is not None for value in row.values())]


def by_hand(workbook: Path) -> list[tuple[object, ...]]:
    return [
        (row["Sheet"], row["Cell"], row["Before"], row["After"])
        for row in log(workbook)
        if row["Command"] == "by hand"
    ]


def test_a_fresh_workbook_has_an_empty_log_and_a_very_hidden_baseline(workbook: Path) -> None:
    assert log(workbook) == []
    book = openpyxl.load_workbook(workbook)
    assert book["Last refresh"].sheet_state == "veryHidden"
    kept = excel_user.rows(book, "Last_refresh")
    assert {
        "Table": "Lines",
        "Row": "C24-01",
        "Column": "2024/25 Budget",
        "Value": "500000",
    } in kept
    assert all(row["Row"] != "C24-13" for row in kept if row["Table"] == "Lines")


def test_a_refresh_with_nothing_to_change_writes_no_row(workbook: Path) -> None:
    refresh(workbook)
    assert log(workbook) == []


def test_a_persons_changes_come_first_then_the_commands_own(workbook: Path) -> None:
    type_into(workbook, "Lines", "T5", Decimal("600000.5"))
    type_into(workbook, "Formula", "B6", Decimal(640000))
    type_into(workbook, "Areas", "J5", Decimal(354037))
    refresh(workbook)
    rows = log(workbook)
    assert by_hand(workbook) == [
        ("Formula", "B6", "639675", "640000"),
        ("Lines", "T5", "500000", "600000.5"),
        ("Areas", "J5", "354036", "354037"),
    ]
    commands = [row["Command"] for row in rows]
    assert commands == ["by hand"] * 3 + ["refresh"] * (len(rows) - 3)
    assert ("Sections", "D5", "1412614", "1512614.5") in [
        (row["Sheet"], row["Cell"], row["Before"], row["After"]) for row in rows[3:]
    ]


def test_every_row_says_when_with_zone_who_and_which_version(workbook: Path) -> None:
    type_into(workbook, "Lines", "T5", Decimal(600000))
    refresh(workbook)
    for row in log(workbook):
        assert datetime.fromisoformat(str(row["When"])).tzinfo is not None
        assert row["Version"] == VERSION
        expected = "not recorded" if row["Command"] == "by hand" else " on "
        assert expected in str(row["Who"])


def test_a_large_generated_block_is_one_row_with_a_count(workbook: Path) -> None:
    # The first line moves to the end of the table, and fifty rows with it.
    type_into(workbook, "Lines", "B5", Decimal(9999))
    refresh(workbook)
    (row,) = [row for row in log(workbook) if row["Sheet"] == "Table 1"]
    assert str(row["Cell"]).startswith("A5:")
    assert str(row["After"]).endswith(" cells")
    assert int(str(row["After"]).split()[0]) > 100


def test_old_rows_are_never_touched_and_each_refresh_compares_with_the_last(workbook: Path) -> None:
    type_into(workbook, "Lines", "T5", Decimal(600000))
    refresh(workbook)
    first = log(workbook)
    type_into(workbook, "Lines", "T5", Decimal(600001))
    refresh(workbook)
    assert log(workbook)[: len(first)] == first
    assert by_hand(workbook) == [
        ("Lines", "T5", "500000", "600000"),
        ("Lines", "T5", "600000", "600001"),
    ]


def test_a_setting_that_changes_nothing_is_logged_with_the_next_change(workbook: Path) -> None:
    type_into(workbook, "Formula", "B5", "Decided on 3 March")
    before = workbook.read_bytes()
    refresh(workbook)
    assert workbook.read_bytes() == before
    type_into(workbook, "Lines", "T5", Decimal(600000))
    refresh(workbook)
    assert [change[1:] for change in by_hand(workbook) if change[0] == "Formula"] == [
        ("B5", SOURCE, "Decided on 3 March")
    ]


def test_a_deleted_line_is_logged_by_its_id_and_a_moved_one_is_not(workbook: Path) -> None:
    excel_user.edit(workbook, lambda book: excel_user.delete_line(book, "C24-02"))
    refresh(workbook)
    assert by_hand(workbook) == [("Lines", None, "Lines C24-02 2024/25 Budget: 80000", None)]


def test_an_entered_section_amount_is_watched_and_a_subtotal_is_not(workbook: Path) -> None:
    def enter(book: Workbook) -> None:
        values = {
            "Order": 90,
            "Block": "Commissioning",
            "Section": "Reserve",
            "2024/25 Budget": 25000,
        }
        excel_user.add_row(book, "Sections", values)

    excel_user.edit(workbook, enter)
    refresh(workbook)
    assert by_hand(workbook) == [("Sections", "D13", None, "25000")]


def test_a_dry_run_logs_nothing(workbook: Path) -> None:
    type_into(workbook, "Lines", "T5", Decimal(600000))
    refresh(workbook, dry_run=True)
    assert log(workbook) == []


def test_the_logs_own_rows_are_not_among_the_changes(workbook: Path) -> None:
    type_into(workbook, "Lines", "T5", Decimal(600000))
    changes = refresh(workbook).data["changes"]
    assert isinstance(changes, list)
    # The total that the paper states differs from now on, which Checks and the Cover say too.
    assert {change["sheet"] for change in changes} == {
        "Cover",
        "Sections",
        "Summary",
        "Table 1",
        "Figures",
        "Checks",
    }


def test_something_below_the_log_stops_the_refresh_before_anything_is_written(
    workbook: Path,
) -> None:
    type_into(workbook, "Change log", "B7", "my own note")
    type_into(workbook, "Lines", "T5", Decimal(600000))
    before = workbook.read_bytes()
    outcome = refresh(workbook)
    assert outcome.exit_code == 1
    assert outcome.data["changes"] == []
    assert workbook.read_bytes() == before
    errors = [each for each in outcome.findings if each.severity == "error"]
    assert [(each.rule, each.place.sheet, each.place.cell) for each in errors] == [
        ("generated-sheet-blocked", "Change log", "B7")
    ]


def test_a_workbook_without_the_baseline_is_refreshed_and_logs_its_own_work(workbook: Path) -> None:
    def drop(book: Workbook) -> None:
        del book["Last refresh"]
        excel_user.set_cell(book, "C24-01", "2024/25 Budget", 600000)

    excel_user.edit(workbook, drop)
    refresh(workbook)
    assert by_hand(workbook) == []
    assert log(workbook)
