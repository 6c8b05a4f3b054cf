"""`demo` runs the main job and leaves files that hold the published totals."""

import time
from pathlib import Path

import pytest

from published.oracle import LAYOUTS, TABLES
from xlframework.commands.demo import demo


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "out"
    return folder, demo(folder).text


def test_it_leaves_a_workbook_an_edition_and_every_table_twice(shown: tuple[Path, str]) -> None:
    folder, _ = shown
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {f"commissioning-{edition}.xlsx" for edition in TABLES} | {
        f"appendix/commissioning-{edition}_{layout}.{ending}"
        for edition, layout in LAYOUTS
        for ending in ("xlsx", "csv")
    }


def test_its_summary_shows_every_edition(shown: tuple[Path, str]) -> None:
    _, text = shown
    listed = [line.split() for line in text.splitlines()]
    for first_row in (
        # edition, amounts, total, lines, tables, figures, of them differing, not checkable
        "2016-17 2016/17 Budget 4,251,983 56 4 20 0 0",
        "2018-21 2018/19 Budget 4,283,405 36 3 23 2 1",
        "2020-21 2018/19 Budget 4,283,405 44 4 33 3 0",
        "2024-25 2024/25 Budget 6,674,237 64 2 8 1 0",
        "2025-28 2024/25 Actual 6,070,096.35 0 2 24 0 20",
    ):
        assert first_row.split() in listed
    for further_total in ("4,288,855", "4,269,355", "4,316,550", "4,395,961", "4,247,322.58"):
        assert any(further_total in words for words in listed)


def test_it_lists_the_figures_that_differ_and_counts_the_warnings(shown: tuple[Path, str]) -> None:
    _, text = shown
    assert "Community Safety Partnership spend" in text
    assert "98,911   126,606     -27,695" in text
    assert "warnings, mostly about names" in text
    # The papers hold slips, which are warnings; nothing of ours is an error.
    assert "ERROR" not in text


def test_its_json_has_every_edition(tmp_path: Path) -> None:
    outcome = demo(tmp_path / "out")
    assert outcome.exit_code == 0
    editions = outcome.as_json()["editions"]
    assert isinstance(editions, list)
    assert [each["edition"] for each in editions] == list(TABLES)
    assert editions[2]["totals"]["2020/21 Budget"] == "4395961.00"
    assert [len(each["differ"]) for each in editions] == [0, 2, 3, 1, 0]
    assert [each["tables"] for each in editions] == [4, 3, 4, 2, 2]


def test_it_can_be_run_again_in_the_same_folder(shown: tuple[Path, str]) -> None:
    folder, text = shown
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    started = time.monotonic()
    assert demo(folder).text == text
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    # Far above what it takes, far below a person's patience.
    assert time.monotonic() - started < 20
