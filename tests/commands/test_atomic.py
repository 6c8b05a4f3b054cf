"""A refresh that is killed, or that the disk refuses, leaves the old workbook or the new one."""

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from commands.killed import KILLED
from commands.workbooks import type_into
from xlframework.commands.new import new
from xlframework.commands.refresh import refresh
from xlframework.ground.errors import MisuseError, UnsafeFileError
from xlframework.sheets import file_book
from xlframework.sheets.package.container import package_bytes
from xlframework.sheets.package.records import Package

SCRIPT = Path(__file__).with_name("killed.py")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "budget.xlsx"
    new(path, edition="2024-25")
    type_into(path, "Lines", "T5", Decimal(600000))
    return path


def killed_at(call: int, workbook: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(call), str(workbook)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_killed_at_any_step_the_workbook_is_the_old_or_the_new_one(workbook: Path) -> None:
    old = workbook.read_bytes()
    dead, states = 0, set()
    for call in range(1, 60):
        workbook.write_bytes(old)
        run = killed_at(call, workbook)
        if run.returncode == 0:
            break
        assert run.returncode == KILLED, run.stderr
        dead += 1
        if workbook.read_bytes() == old:
            states.add("old")
        else:
            # It opens, holds the new total, and needs nothing more.
            assert refresh(workbook).data["changes"] == []
            states.add("new")
    assert dead >= 10
    assert states == {"old", "new"}


def test_a_full_disk_leaves_the_old_file_and_no_other(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    before = workbook.read_bytes()
    with pytest.raises(MisuseError, match="No space left on device"):
        refresh(workbook)
    assert workbook.read_bytes() == before
    assert list(workbook.parent.iterdir()) == [workbook]


def test_the_file_before_is_kept_under_another_name(workbook: Path) -> None:
    before = workbook.read_bytes()
    refresh(workbook)
    assert workbook.with_name("budget.previous.xlsx").read_bytes() == before
    assert sorted(path.name for path in workbook.parent.iterdir()) == [
        "budget.previous.xlsx",
        "budget.xlsx",
    ]


def test_without_backup_no_file_is_kept(workbook: Path) -> None:
    refresh(workbook, backup=False)
    assert list(workbook.parent.iterdir()) == [workbook]


def test_a_workbook_that_somebody_saved_meanwhile_is_left_alone(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = workbook.read_bytes() + b"saved by somebody else"

    def slow(package: Package) -> bytes:
        workbook.write_bytes(saved)
        return package_bytes(package)

    monkeypatch.setattr(file_book, "package_bytes", slow)
    with pytest.raises(UnsafeFileError, match="changed by another program"):
        refresh(workbook)
    assert workbook.read_bytes() == saved
    assert list(workbook.parent.iterdir()) == [workbook]


def test_a_read_only_workbook_is_left_alone(workbook: Path) -> None:
    before = workbook.read_bytes()
    workbook.chmod(0o444)
    with pytest.raises(MisuseError, match="read-only"):
        refresh(workbook)
    assert workbook.read_bytes() == before
    assert list(workbook.parent.iterdir()) == [workbook]


def test_a_link_stays_a_link(workbook: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    try:
        link.symlink_to(workbook)
    except OSError:
        pytest.skip("this machine makes no links")
    refresh(link)
    assert link.is_symlink()
    assert refresh(workbook).data["changes"] == []
