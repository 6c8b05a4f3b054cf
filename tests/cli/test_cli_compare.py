"""`compare` as it is typed."""

import subprocess
import sys
from pathlib import Path

import pytest

import xlframework
from builders import ROOT
from cli.terminal import assert_refused, run

WORKBOOK = ROOT / "workbook" / "commissioning.xlsx"
KEYS = {
    "command",
    "findings",
    "old",
    "new",
    "columns",
    "columns_assumed",
    "matched_by_line_id",
    "counts",
    "lines",
    "not_compared",
    "sections",
    "totals",
    "other_totals",
    "report",
}


def test_json_is_one_object_and_amounts_are_pounds(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "compare", "2018-21", "2020-21", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert set(ran.json) == KEYS
    assert ran.json["command"] == "compare"
    first = ran.json["lines"][0]
    assert {key: first[key] for key in ("section", "service", "provider", "status")} == {
        "section": "VICTIMS",
        "service": "Victim First",
        "provider": "Catch 22",
        "status": "changed",
    }
    assert first["before"]["2019/20 Budget"] == "560000.00"
    assert first["after"]["2019/20 Budget"] == "543752.00"
    assert set(ran.json["totals"][0]) == {
        "year",
        "before_year",
        "before",
        "after",
        "change",
        "percent",
    }


def test_python_and_the_command_line_give_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("2020-21", WORKBOOK, "--column", "2019/20 Budget=2024/25 Budget")
    ran = run(capsys, "compare", *words, "--json")
    outcome = xlframework.compare("2020-21", WORKBOOK, columns=["2019/20 Budget=2024/25 Budget"])
    assert ran.json["totals"] == outcome.data["totals"]
    assert ran.json["columns"] == [{"before": "2019/20 Budget", "after": "2024/25 Budget"}]
    assert run(capsys, "compare", *words).out == f"{outcome.text}\n"


def test_a_report_is_written_where_it_is_wanted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    report = tmp_path / "new folder" / "what changed.xlsx"
    ran = run(capsys, "compare", "2018-21", "2020-21", "--report", report, "--json")
    assert (ran.code, ran.json["report"]) == (0, str(report))
    assert [path.name for path in report.parent.iterdir()] == [report.name]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2018-21", "1066-67"), "the bundled editions are"),
        (("", "2018-21"), "has no name"),
        (("no/such/budget.xlsx", "2018-21"), "no/such/budget.xlsx"),
        (("2018-21", "2020-21", "--column", "lots"), "--column"),
        (("2018-21", "2020-21", "--report", "report.csv"), ".xlsx"),
        (("2018-21", "2020-21", "--templates", "no/such/folder"), "--templates"),
    ],
)
def test_what_cannot_be_compared_is_one_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert_refused(run(capsys, "compare", *words), said)
    assert list(tmp_path.iterdir()) == []


def test_names_are_looked_at_only_when_it_is_needed() -> None:
    code = "import sys, xlframework.cli; print('rapidfuzz' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
