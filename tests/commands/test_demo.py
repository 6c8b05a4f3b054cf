"""`demo` runs the main job and leaves files that hold the published totals."""

import time
from pathlib import Path

import pytest

from xlframework.commands.demo import demo


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "out"
    return folder, demo(folder).text


def test_it_leaves_the_workbook_and_both_tables(shown: tuple[Path, str]) -> None:
    folder, _ = shown
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {
        "commissioning-2024-25.xlsx",
        "appendix/commissioning-2024-25_2024-25-table-1.xlsx",
        "appendix/commissioning-2024-25_2024-25-table-1.csv",
        "appendix/commissioning-2024-25_2024-25-grants.xlsx",
        "appendix/commissioning-2024-25_2024-25-grants.csv",
    }


def test_its_summary_states_the_totals(shown: tuple[Path, str]) -> None:
    _, text = shown
    assert "£4,654,011" in text
    assert "£2,020,226" in text
    assert "no problems found" in text


def test_it_can_be_run_again_in_the_same_folder(shown: tuple[Path, str]) -> None:
    folder, text = shown
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    started = time.monotonic()
    assert demo(folder).text == text
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    # Far above what it takes, far below a person's patience.
    assert time.monotonic() - started < 10
