"""Runs the command line inside the test's own process, as a terminal would show it."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from xlframework.cli import main


class Ran(NamedTuple):
    """What a person or a program sees of one run."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The object on standard output; fails if there is anything beside it."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    def rules(self) -> set[str]:
        return {finding["rule"] for finding in self.json["findings"]}

    def cells(self, rule: str) -> list[str | None]:
        """Where a rule found something."""
        return [each["cell"] for each in self.json["findings"] if each["rule"] == rule]


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Ran:
    capsys.readouterr()
    try:
        code = main([str(word) for word in words])
    except SystemExit as left:  # argparse leaves so
        code = left.code if isinstance(left.code, int) else 1
    shown = capsys.readouterr()
    return Ran(code, shown.out, shown.err)


def assert_refused(ran: Ran, *words: str) -> None:
    """Check that a command could not run and says so in one clear line."""
    assert ran.code == 2, ran
    assert ran.out == ""
    assert ran.err.startswith("xlframework: ")
    assert ran.err.endswith("\n")
    assert ran.err.count("\n") == 1, ran.err
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err, ran.err
