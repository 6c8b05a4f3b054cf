"""`compare`: workbooks, editions and folders against each other, as a person asks for it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

import excel_user
from builders import ROOT
from xlframework.commands.compare import compare
from xlframework.commands.refresh import refresh
from xlframework.ground.errors import DeclarationError, MisuseError, UnreadableFileError
from xlframework.ground.shipped import editions_folder

WORKBOOK = ROOT / "workbook" / "commissioning.xlsx"
AMOUNT = "2024/25 Budget"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return Path(shutil.copy(WORKBOOK, tmp_path / "version 2.xlsx"))


def data_of(old: str | Path, new: str | Path, *columns: str) -> dict[str, Any]:
    found = json.loads(json.dumps(compare(old, new, columns=columns).as_json()))
    assert isinstance(found, dict)
    return found


def news(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["service"]: each for each in data["lines"] if each["status"] != "unchanged"}


def next_version(book: Workbook) -> None:
    """Make the changes that a team makes between two versions, one of each kind."""
    excel_user.set_cell(book, "C24-01", AMOUNT, 510000.25)  # another amount
    excel_user.set_cell(book, "C24-02", AMOUNT, 0)  # reduced to nought
    excel_user.set_cell(book, "C24-04", AMOUNT, None)  # blank
    excel_user.set_cell(book, "C24-05", "Provider", "Freeva (new name)")  # words alone
    excel_user.set_cell(book, "C24-11", "Service", "Number 5")  # renamed under its ID
    excel_user.set_cell(book, "C24-12", AMOUNT, None)  # nobody pays for it or C24-13 now
    excel_user.set_cell(book, "C24-32", "Line ID", "C24-99")  # numbered anew
    excel_user.set_cell(book, "C24-16", "Section", "Prevention")  # moved
    excel_user.delete_line(book, "C24-20")
    excel_user.add_row(
        book,
        "Lines",
        {
            "Line ID": "C24-48",
            "Order": 480,
            "Block": "Commissioning",
            "Section": "Various",
            "Service": "Hate crime fund",
            "Provider": "Somebody new",
            AMOUNT: 1234.5,
        },
    )


def test_two_versions_of_a_workbook_are_matched_by_line_id(workbook: Path) -> None:
    excel_user.edit(workbook, next_version)
    refresh(workbook)
    data = data_of(WORKBOOK, workbook)
    found = news(data)
    assert {name: each["status"] for name, each in found.items()} == {
        "Victim First": "changed",
        "Victim Pathway Service": "reduced to zero",
        "Paediatric SARC": "reduced to zero",
        "Helpline and Engagement (DA Services)": "changed",
        "Number 5": "changed",
        "Childrens Safeguarding Board": "reduced to zero",
        "Adults Safeguarding Board": "changed",
        "Suicide Bereavement Service": "changed",
        "Reflect - Young Adults Pathway": "removed",
        "Hate crime fund": "added",
    }
    assert data["matched_by_line_id"] is True
    assert data["findings"] == []
    assert found["Victim First"]["after"] == {AMOUNT: "510000.25"}
    assert found["Victim Pathway Service"]["after"] == {AMOUNT: "0.00"}
    assert found["Paediatric SARC"]["after"] == {AMOUNT: None}
    assert found["Number 5"]["was"]["service"] == "Recovery Hub"
    assert found["Number 5"]["matched_by"] == "Line ID"
    assert found["Reflect - Young Adults Pathway"]["after"] == {}
    assert found["Hate crime fund"]["before"] == {}
    assert found["Hate crime fund"]["line_id"] == {"after": "C24-48"}
    assert found["Adults Safeguarding Board"]["covered_before"] == {AMOUNT: "C24-12"}
    assert "covered_after" not in found["Adults Safeguarding Board"]
    assert found["Suicide Bereavement Service"]["words"] == [
        {"column": "Section", "before": "Vulnerability", "after": "Prevention"}
    ]
    (zone,) = [each for each in data["lines"] if each["service"] == "Warning Zone"]
    assert zone["line_id"] == {"before": "C24-32", "after": "C24-99"}
    assert zone["matched_by"] == "service and provider"


def test_the_workbook_of_an_edition_is_the_edition(tmp_path: Path) -> None:
    folder = shutil.copytree(editions_folder() / "2024-25", tmp_path / "ours")
    for old in ("2024-25", folder, WORKBOOK):
        data = data_of(old, WORKBOOK)
        assert data["counts"] == {
            "added": 0,
            "removed": 0,
            "changed": 0,
            "reduced to zero": 0,
            "renamed (proposed)": 0,
            "unchanged": 64,
        }
        assert {each["change"] for each in (*data["totals"], *data["sections"])} == {"0.00"}


def test_each_side_says_where_it_comes_from(tmp_path: Path) -> None:
    folder = shutil.copytree(editions_folder() / "2018-21", tmp_path / "ours")
    data = data_of(folder, WORKBOOK)
    assert data["old"] == {
        "name": "2018-21",
        "source": f"edition folder {folder}",
        "edition": "2018-21",
        "lines": 36,
    }
    assert data["new"]["name"] == "commissioning.xlsx"
    assert data["new"]["source"].startswith("commissioning.xlsx, SHA-256 ")
    assert data["new"]["edition"] == "2024-25"


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    other = tmp_path / "last week" / WORKBOOK.name
    other.parent.mkdir()
    other.write_bytes(WORKBOOK.read_bytes())
    excel_user.edit(other, lambda book: excel_user.set_cell(book, "C24-01", AMOUNT, 1))
    said = " ".join(compare(other, WORKBOOK).text.split())
    assert said.startswith(f"From {other} (64 lines) to {WORKBOOK} (64 lines)")


def test_a_folder_that_only_has_an_editions_name_does_not_hide_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2018-21").mkdir()
    assert data_of("2018-21", "2018-21")["old"]["source"] == "bundled edition 2018-21"
    shutil.copytree(editions_folder() / "2024-25", tmp_path / "2020-21")
    assert data_of("2020-21", "2024-25")["old"]["source"] == "edition folder 2020-21"


def test_an_amount_that_cannot_be_read_is_no_amount_and_no_blank(workbook: Path) -> None:
    excel_user.edit(workbook, lambda book: excel_user.set_cell(book, "C24-01", AMOUNT, "TBC"))
    outcome = compare(WORKBOOK, workbook)
    first = json.loads(json.dumps(outcome.as_json()))["lines"][0]
    assert (first["status"], first["before"], first["after"]) == (
        "changed",
        {AMOUNT: "500000.00"},
        {},
    )
    assert first["unread_after"] == {AMOUNT: "TBC"}
    assert [each.rule for each in outcome.findings] == ["line-amount-text"]
    assert outcome.exit_code == 1
    assert "2024/25 Budget: 500,000 -> TBC" in outcome.text


def test_columns_can_be_chosen(workbook: Path) -> None:
    column = "2025/26 Budget"
    excel_user.edit(workbook, lambda book: excel_user.add_column(book, column, {"C24-01": 7}))
    data = data_of(WORKBOOK, workbook, f"{AMOUNT} = 2025/26 budget")
    assert data["columns"] == [{"before": AMOUNT, "after": column}]
    assert data["columns_assumed"] is False
    (total,) = data["totals"]
    assert (total["year"], total["before"], total["after"]) == (column, "6674237.00", "7.00")
    assert data["counts"]["reduced to zero"] > 50


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (["Budget"], "'Budget' is not a header"),
        (["2024/25 Budget="], "is not a header"),
        (["2024/26 Budget"], "the second year must be the one after"),
        (["2030/31 Budget"], "OLD has no column '2030/31 Budget'"),
        (["2024/25 Budget=2025/26 Budget"], "NEW has no column '2025/26 Budget'"),
    ],
)
def test_a_column_that_cannot_be_is_misuse(columns: list[str], said: str) -> None:
    with pytest.raises(MisuseError, match=said):
        compare("2024-25", "2024-25", columns=columns)


def test_an_edition_folder_without_its_lines_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "edition"
    shutil.copytree(editions_folder() / "2024-25", folder)
    (folder / "lines.csv").unlink()
    (folder / "contract_terms.csv").unlink()
    with pytest.raises(MisuseError, match=r"has neither lines\.csv nor amounts"):
        compare("2024-25", str(folder))
    shutil.copytree(editions_folder() / "2025-28", tmp_path / "subtotals")
    assert compare("2025-28", str(tmp_path / "subtotals")).exit_code == 0


def test_what_is_no_budget_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="There is no workbook, edition folder or bundled"):
        compare("2024-25", "2031-32")
    with pytest.raises(MisuseError, match=r"is a folder without edition\.toml"):
        compare(tmp_path, "2024-25")
    text = tmp_path / "budget.xlsx"
    text.write_text("no workbook", encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        compare(text, "2024-25")
    (tmp_path / "edition.toml").write_text("name = 1", encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"edition\.toml"):
        compare(tmp_path, "2024-25")


def test_a_workbook_that_lacks_a_column_is_refused_with_the_reason(workbook: Path) -> None:
    def rename(book: Workbook) -> None:
        sheet, _ = excel_user.table_of(book, "Lines")
        column = excel_user.headers(book, "Lines")["Service"]
        row = excel_user.row_of(book, "Lines", "Line ID", "C24-01") - 1
        excel_user.put(sheet, row, column, "Servcie")

    excel_user.edit(workbook, rename)
    with pytest.raises(UnreadableFileError, match="cannot be compared: the table Lines has no"):
        compare(WORKBOOK, workbook)


def test_the_text_lists_what_differs_and_counts_the_rest(workbook: Path) -> None:
    excel_user.edit(workbook, next_version)
    text = compare(WORKBOOK, workbook).text
    for said in (
        "From commissioning.xlsx (64 lines) to version 2.xlsx (64 lines)",
        "Lines matched by Line ID, otherwise service and provider.",
        "Commissioning: Victim Services (4 unchanged)",
        "changed: Victim First (Catch 22)",
        "      2024/25 Budget: 500,000 -> 510,000.25 (+10,000.25, +2.0%)",
        "reduced to zero: Paediatric SARC (NHSE/EM OPCCs)\n      2024/25 Budget: 20,000 -> blank",
        '      Provider: "Freeva" became "Freeva (new name)"',
        "added: Hate crime fund (Somebody new)\n      2024/25 Budget: no line -> 1,234.50",
        "removed: Reflect - Young Adults Pathway (Ingeus)",
        "      2024/25 Budget: 90,000 -> no line",
        "      2024/25 Budget: with C24-12 -> blank",
    ):
        assert said in text
    assert "MARAC Manager" not in text
    assert all(len(line) <= 100 for line in text.splitlines())


def test_neither_side_is_changed(workbook: Path, tmp_path: Path) -> None:
    before = workbook.read_bytes()
    compare(WORKBOOK, workbook, report=tmp_path / "report.xlsx")
    assert workbook.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {workbook.name, "report.xlsx"}
