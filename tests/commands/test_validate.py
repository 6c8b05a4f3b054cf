"""`validate` finds what was sent, checks each file once, and says what becomes of it."""

import io
import shutil
import sys
from pathlib import Path

import pytest

from cli.terminal import assert_refused
from commands.submissions import (
    COMMISSIONING,
    OLD,
    arrive,
    checked,
    files_of,
    post,
    validated,
    wrong_plan,
)
from returns_forms import (
    BLABY,
    BLABYS_PLAN,
    FREEVA,
    LEICESTER,
    MONITORING,
    PLAN,
    at,
    blank,
    plan,
    typed,
)
from xlframework.commands import examine

STATUSES = {
    "blaby.xlsx": "accepted",
    "Café plan (2) ...xlsx": "rejected",
    "later/blaby.xlsx": "accepted with warnings",
    "later/figures.csv": "unreadable",
    "later/freeva Q2.xlsx": "accepted",
    "later/old.XLS": "unreadable",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return arrive(tmp_path / "in", post())


def test_every_return_of_a_folder_has_its_status(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    ran = validated(capsys, folder, "--against", COMMISSIONING, "--json")
    assert ran.code == 1
    assert ran.err == ""
    found = {each["file"]: each for each in ran.json["files"]}
    assert {
        Path(file).relative_to(folder).as_posix(): each["status"] for file, each in found.items()
    } == STATUSES
    for file, each in found.items():
        assert set(each) >= {"file", "form", "status", "findings"}
        assert all(finding["file"] == file for finding in each["findings"])
    together = [finding for each in ran.json["files"] for finding in each["findings"]]
    assert ran.json["findings"] == together
    assert ran.json["passed_over"] == [str(folder / "letter.docx")]


def test_files_come_in_a_stable_order(folder: Path) -> None:
    names = [Path(name).relative_to(folder).as_posix() for name in files_of(checked(folder))]
    assert names == [
        "Café plan (2) ...xlsx",
        "blaby.xlsx",
        "later/blaby.xlsx",
        "later/figures.csv",
        "later/freeva Q2.xlsx",
        "later/old.XLS",
    ]


def test_a_file_that_is_named_twice_is_checked_once(folder: Path) -> None:
    again = folder / "later" / ".." / "blaby.xlsx"
    found = list(files_of(checked(folder / "blaby.xlsx", again, folder)))
    assert found[0] == (folder / "blaby.xlsx").as_posix()
    assert len(found) == 6


def test_a_file_that_is_named_is_checked_whatever_it_is_called(folder: Path) -> None:
    odd = folder / "return"
    shutil.copyfile(folder / "blaby.xlsx", odd)
    assert files_of(checked(odd, folder / "letter.docx")) == {
        odd.as_posix(): "accepted",
        (folder / "letter.docx").as_posix(): "unreadable",
    }


def test_accepted_returns_end_with_nought(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    ran = validated(capsys, folder / "blaby.xlsx", "--against", COMMISSIONING)
    assert (ran.code, ran.err) == (0, "")
    assert "blaby.xlsx: accepted (csp-plan-budget)" in ran.out
    assert "planned £52,666 of £52,666 awarded" in ran.out


def test_an_unreadable_return_is_a_result(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(OLD)
    ran = validated(capsys, path)
    assert ran.code == 1
    assert "old.xls: unreadable" in ran.out


def test_a_missing_file_among_others_is_a_result(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    ran = validated(capsys, folder / "blaby.xlsx", folder / "gone.xlsx", "--json")
    assert ran.code == 1
    (gone,) = (each for each in ran.json["files"] if "gone" in each["file"])
    assert gone["status"] == "unreadable"
    assert [finding["rule"] for finding in gone["findings"]] == ["return-file-missing"]
    assert "was not found" in gone["findings"][0]["message"]


@pytest.mark.parametrize("what", ["nothing there", "an empty folder", "letters only"])
def test_where_there_is_nothing_to_check_nothing_is_done(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, what: str
) -> None:
    path = tmp_path / "in"
    if what != "nothing there":
        path.mkdir()
    if what == "letters only":
        (path / "letter.pdf").write_bytes(b"%PDF")
    assert_refused(validated(capsys, path), "in")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("--jobs", "0"), "at least one process", id="jobs"),
        pytest.param(("--report", "report.pdf"), ".xlsx or .html", id="report"),
        pytest.param(("--against", "gone.xlsx"), "gone.xlsx", id="against"),
    ],
)
def test_misuse_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], folder: Path, words: tuple[str, ...], said: str
) -> None:
    assert_refused(validated(capsys, folder, *words), said)


def test_the_text_says_where_what_and_what_to_do(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    out = validated(capsys, folder, "--against", COMMISSIONING).out
    assert "Café plan (2) ...xlsx: rejected (csp-plan-budget)" in out
    assert f"  ERROR sheet Return, cell {at(PLAN, BLABY, 'Q1')}\n" in out
    assert "What to do: " in out
    assert "6 files checked: 2 accepted, 1 accepted with warnings, 1 rejected, 2 unreadable." in out
    assert "accepted (csp-plan-budget), Blaby District Council, 2024/25\n" in out
    assert "planned £105,332 of £324,484 awarded to them" in out
    assert "1 other file passed over, no spreadsheets: letter.docx" in out


def test_what_is_empty_or_rejected_is_not_taken_for_an_underspend(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    over = {**BLABYS_PLAN[0], "Q1": 60000}
    sent = {
        "blaby.xlsx": plan([over]),
        "leicester.xlsx": blank(PLAN, LEICESTER),
        "freeva.xlsx": blank(MONITORING, FREEVA),
    }
    out = validated(capsys, arrive(tmp_path, sent), "--against", COMMISSIONING).out
    assert "planned £74,666 of £52,666 awarded to the 1 whose plans are known" in out
    assert "rejected, so these figures may change: Blaby District Council" in out
    assert "not known, because figures are blank or could not be read: Leicester" in out
    assert "not known, because figures are blank or could not be read: Freeva" in out
    assert "underspend" not in out


def test_findings_come_worst_first(folder: Path) -> None:
    path = folder / "both.xlsx"
    rows = [{**BLABYS_PLAN[0], "Q4": None}, *BLABYS_PLAN[1:]]
    path.write_bytes(typed(plan(rows), {at(PLAN, BLABY, "Cost type", 2): "Else"}))
    out = checked(path, against=COMMISSIONING).text
    assert 0 < out.index("ERROR") < out.index("WARNING")
    assert "INFO" not in out


def test_what_is_said_of_every_return_is_said_once(folder: Path) -> None:
    text = checked(folder).text
    assert text.count("--against") == 1
    assert checked(folder / "blaby.xlsx").text.count("INFO") == 1


def test_no_sign_of_a_file_moves_the_terminals_cursor(tmp_path: Path) -> None:
    sent = {"one\x1b[2Jtwo\nrejected.xlsx": typed(plan(), {at(PLAN, BLABY, "Q1"): "5\x1b[31m"})}
    text = checked(arrive(tmp_path, sent)).text
    assert "\x1b" not in text
    assert "two\nrejected" not in text


def test_the_commissioning_workbook_in_the_folder_is_no_return(folder: Path) -> None:
    shutil.copyfile(COMMISSIONING, folder / "budget.xlsx")
    found = files_of(checked(folder, against=folder / "budget.xlsx"))
    assert not any("budget" in name for name in found)


def test_however_many_processes_the_results_are_the_same(folder: Path, tmp_path: Path) -> None:
    alone = checked(folder, against=COMMISSIONING, annotate=tmp_path / "one")
    both = checked(folder, against=COMMISSIONING, annotate=tmp_path / "two", jobs=2)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / n).iterdir()} for n in ("one", "two")
    )
    assert one == two
    assert alone.text.replace("/one", "/two") == both.text
    assert alone.findings == both.findings


def test_several_returns_of_one_partner_name_each_other(tmp_path: Path) -> None:
    folder = arrive(tmp_path, {"a.xlsx": plan(), "b.xlsx": wrong_plan()})
    outcome = checked(folder, against=COMMISSIONING)
    several = [each for each in outcome.findings if each.rule == "return-several"]
    assert [Path(each.place.file).name for each in several] == ["a.xlsx", "b.xlsx"]
    assert "b.xlsx" in several[0].message
    assert "returned by 1 of 9 partners" in outcome.text


class Terminal(io.StringIO):
    """A standard error that a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("wait", [0.0, 1000.0])
def test_a_person_sees_how_far_a_long_batch_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, wait: float
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(examine, "_LONG", wait)
    checked(folder)
    assert ("0/6" in terminal.getvalue()) == (wait == 0)


def test_the_batch_is_summed_up_in_json(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    groups = validated(capsys, folder, "--against", COMMISSIONING, "--json").json["groups"]
    plans = next(group for group in groups if group["form"] == PLAN)
    assert (plans["year"], plans["period"]) == ("2024/25", None)
    assert len(plans["partners"]) == 9
    blaby = next(each for each in plans["partners"] if each["organisation"] == BLABY)
    assert blaby["award"] == "52666.00"
