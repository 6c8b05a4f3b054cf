"""The two commands that read a workbook, as the tests here run them."""

from pathlib import Path

import pytest

from cli.terminal import Ran, assert_refused, run

COMMANDS = ("refresh", "appendix")


def read_with(
    capsys: pytest.CaptureFixture[str], command: str, path: Path, *options: str | Path
) -> Ran:
    """Run `refresh` or `appendix` over a file; tables are published beside it."""
    where = ("--out", path.parent / "published") if command == "appendix" else ()
    return run(capsys, command, path, *where, *options)


def assert_left_alone(
    capsys: pytest.CaptureFixture[str], command: str, path: Path, *words: str
) -> None:
    """Check that a command refuses a file, says these words, and touches nothing."""
    before = sorted((each, _contents(each)) for each in path.parent.rglob("*"))
    assert_refused(read_with(capsys, command, path), path.name, *words)
    assert sorted((each, _contents(each)) for each in path.parent.rglob("*")) == before


def _contents(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
