"""`allocate --adopt` carries the awards into Lines, logged, and refreshes in the same write."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import excel_user
from cli.terminal import run
from commands.workbooks import type_into
from xlframework.commands.adopt import adopt
from xlframework.commands.new import new
from xlframework.commands.refresh import refresh
from xlframework.ground.errors import AllocationError, MisuseError

BUDGET = "2024/25 Budget"
AWARDS = (271025, 16735, 51147, 96604, 43550, 54139, 26801, 51203, 28471)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "budget.xlsx"
    new(path, edition="2024-25")
    return path


def awards_in_lines(workbook: Path, header: str = BUDGET) -> tuple[object, ...]:
    lines = excel_user.rows(openpyxl.load_workbook(workbook), "Lines")
    by_code = {str(row["Area code"]): row[header] for row in lines if row["Area code"]}
    return tuple(by_code[code] for code in sorted(by_code))


def test_a_refresh_never_writes_lines(workbook: Path) -> None:
    published = awards_in_lines(workbook)
    assert published != AWARDS
    type_into(workbook, "Formula", "B6", Decimal(700000))
    refresh(workbook)
    assert awards_in_lines(workbook) == published


def test_the_awards_stand_in_lines_and_every_total_follows(workbook: Path) -> None:
    outcome = adopt(workbook, BUDGET)
    assert outcome.exit_code == 0
    assert awards_in_lines(workbook) == AWARDS
    assert refresh(workbook).data["changes"] == []
    book = openpyxl.load_workbook(workbook, data_only=True)
    assert {row["Difference"] for row in excel_user.rows(book, "Allocation")} == {0}
    # The nine published awards came to one pound more than the pot that is split.
    assert excel_user.rows(book, "Summary")[-1][BUDGET] == 6674236
    assert excel_user.rows(book, "T_2024_25_table_1")[-1]["24/25 Spend"] == 4654010


def test_adopting_twice_changes_nothing_the_second_time(workbook: Path) -> None:
    adopt(workbook, BUDGET)
    before = workbook.read_bytes()
    outcome = adopt(workbook, BUDGET)
    assert outcome.data["changes"] == []
    assert workbook.read_bytes() == before


def test_a_dry_run_shows_each_award_and_writes_nothing(workbook: Path) -> None:
    before = workbook.read_bytes()
    outcome = adopt(workbook, BUDGET, dry_run=True)
    assert workbook.read_bytes() == before
    changes = outcome.data["changes"]
    assert isinstance(changes, list)
    lines = [change for change in changes if change["sheet"] == "Lines"]
    assert lines[0] == {"sheet": "Lines", "cell": "T37", "before": "271818", "after": "271025"}
    assert len(lines) == 9


def test_the_log_has_the_commands_cells_and_does_not_take_them_for_typed(workbook: Path) -> None:
    type_into(workbook, "Lines", "T5", Decimal(500001))
    adopt(workbook, BUDGET)
    rows = excel_user.rows(openpyxl.load_workbook(workbook), "Change_log")
    typed = [(row["Sheet"], row["Cell"]) for row in rows if row["Command"] == "by hand"]
    assert typed == [("Lines", "T5")]
    own = [row for row in rows if row["Command"] == "allocate" and row["Sheet"] == "Lines"]
    assert [row["After"] for row in own] == [str(award) for award in AWARDS]
    type_into(workbook, "Lines", "T5", Decimal(500002))
    refresh(workbook)
    rows = excel_user.rows(openpyxl.load_workbook(workbook), "Change_log")
    typed = [(row["Cell"], row["Before"]) for row in rows if row["Command"] == "by hand"]
    assert typed == [("T5", "500000"), ("T5", "500001")]


def test_another_year_takes_the_awards_once_it_has_a_column(workbook: Path) -> None:
    with pytest.raises(AllocationError, match="no column 2025/26 Budget"):
        adopt(workbook, "2025/26 Budget")
    excel_user.edit(workbook, lambda book: excel_user.add_column(book, "2025/26 Budget", {}))
    adopt(workbook, "2025/26 budget")
    assert awards_in_lines(workbook, "2025/26 Budget") == AWARDS
    assert awards_in_lines(workbook) != AWARDS


def test_an_area_without_a_line_and_one_with_two_are_refused(workbook: Path) -> None:
    before = workbook.read_bytes()
    excel_user.edit(workbook, lambda book: excel_user.set_cell(book, "C24-34", "Area code", None))
    with pytest.raises(
        AllocationError, match=r"no line has the area code of Rutland \(E06000017\)"
    ):
        adopt(workbook, BUDGET)
    workbook.write_bytes(before)
    excel_user.edit(
        workbook, lambda book: excel_user.set_cell(book, "C24-42", "Area code", "E06000017")
    )
    with pytest.raises(AllocationError, match="lines C24-34 and C24-42 both have"):
        adopt(workbook, BUDGET)


def test_a_formula_is_not_replaced_by_an_award(workbook: Path) -> None:
    excel_user.edit(
        workbook, lambda book: excel_user.set_cell(book, "C24-33", BUDGET, "=250000+21818")
    )
    with pytest.raises(AllocationError, match=r"T37: the amount of Leicester is a formula"):
        adopt(workbook, BUDGET)


def test_nothing_is_adopted_beside_an_error_in_the_figures(workbook: Path) -> None:
    excel_user.edit(workbook, lambda book: excel_user.set_cell(book, "C24-01", BUDGET, "#REF!"))
    before = workbook.read_bytes()
    outcome = adopt(workbook, BUDGET)
    assert outcome.exit_code == 1
    assert outcome.data["changes"] == []
    assert workbook.read_bytes() == before


def test_a_header_that_is_no_year_is_misuse(workbook: Path) -> None:
    with pytest.raises(MisuseError, match="'next year'"):
        adopt(workbook, "next year")


def test_adopt_goes_with_a_workbook_alone(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for extra in (["--pot", "5"], ["--scenarios"]):
        ran = run(capsys, "allocate", workbook, "--adopt", BUDGET, *extra)
        assert ran.code == 2
        assert "--adopt goes with a WORKBOOK alone" in ran.err
    ran = run(capsys, "allocate", workbook, "--adopt", BUDGET, "--json")
    assert (ran.code, ran.json["total"], len(ran.json["areas"])) == (0, "639675.00", 9)
