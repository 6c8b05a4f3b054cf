"""The other commands as they are typed, and misuse."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import xlframework
from cli.terminal import assert_refused, run
from known_findings import OF_2024_25
from loss.surgery import FIRST_AMOUNT, WORKBOOK, put_number, shown_parts, write_workbook
from xlframework.cli import main

TEMPLATES = WORKBOOK.parents[1] / "templates"
TABLE = "2024-25-table-1"
GRANTS = "2024-25-grants"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return Path(shutil.copy(WORKBOOK, tmp_path / "budget.xlsx"))


def test_appendix_json_names_the_files_and_the_totals(
    capsys: pytest.CaptureFixture[str], workbook: Path, tmp_path: Path
) -> None:
    out = tmp_path / "published"
    ran = run(capsys, "appendix", workbook, "--out", out, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert set(ran.json) == {"command", "findings", "files", "tables"}
    assert ran.json["command"] == "appendix"
    assert {Path(name) for name in ran.json["files"]} == set(out.iterdir())
    assert {path.name for path in out.iterdir()} == {
        f"budget_{layout}.{ending}" for layout in (TABLE, GRANTS) for ending in ("xlsx", "csv")
    }
    totals = {each["layout"]: list(each["totals"].values()) for each in ran.json["tables"]}
    assert totals == {TABLE: ["4654011.00"], GRANTS: ["2020226.00"]}


def test_appendix_gives_one_layout_and_format_when_asked(
    capsys: pytest.CaptureFixture[str], workbook: Path, tmp_path: Path
) -> None:
    words = ("--layout", GRANTS, "--layout", GRANTS, "--format", " csv ,csv")
    ran = run(capsys, "appendix", workbook, "--out", tmp_path / "out", *words)
    assert ran.code == 0
    assert [each.name for each in (tmp_path / "out").iterdir()] == [f"budget_{GRANTS}.csv"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--layout", "2099-00-table"), "2099-00-table"),
        (("--layout", "../../etc/passwd"), "there is no layout"),
        (("--layout", ""), "there is no layout"),
        (("--format", "pdf"), "pdf"),
        (("--format", ","), "--format"),
        (("--templates", "no/such/folder"), "--templates"),
    ],
)
def test_appendix_with_an_unknown_choice_is_misuse_and_writes_nothing(
    capsys: pytest.CaptureFixture[str],
    workbook: Path,
    tmp_path: Path,
    words: tuple[str, ...],
    said: str,
) -> None:
    out = tmp_path / "out"
    assert_refused(run(capsys, "appendix", workbook, "--out", out, *words), said)
    assert not out.exists()


def test_appendix_lists_the_layouts_there_are(
    capsys: pytest.CaptureFixture[str], workbook: Path, tmp_path: Path
) -> None:
    ran = run(capsys, "appendix", workbook, "--out", tmp_path / "out", "--layout", "nonsense")
    assert_refused(ran, TABLE, GRANTS)


def test_appendix_into_a_file_is_misuse(capsys: pytest.CaptureFixture[str], workbook: Path) -> None:
    assert_refused(run(capsys, "appendix", workbook, "--out", workbook), "is a file")


def test_one_bad_workbook_of_a_batch_publishes_nothing(
    capsys: pytest.CaptureFixture[str], workbook: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"")
    out = tmp_path / "out"
    assert_refused(run(capsys, "appendix", workbook, bad, "--out", out), "bad.xlsx")
    assert not out.exists()


def test_new_makes_a_workbook_that_needs_no_refresh(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    made = tmp_path / "with space" / "ny budget.xlsx"
    ran = run(capsys, "new", "--edition", "2024-25", "--out", made, "--json")
    assert (ran.code, ran.err) == (0, "")
    found = ran.json["findings"]
    assert {(each["rule"], each["cell"]) for each in found} == OF_2024_25
    assert ran.json == {
        "command": "new",
        "findings": found,
        "workbook": str(made),
        "edition": "2024-25",
        "lines": 64,
    }
    assert run(capsys, "refresh", made, "--json").json["changes"] == []


def test_new_never_overwrites(capsys: pytest.CaptureFixture[str], workbook: Path) -> None:
    before = workbook.read_bytes()
    ran = run(capsys, "new", "--blank", "--out", workbook)
    assert_refused(ran, "already there")
    assert workbook.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--edition", "1066-67"), "2024-25"),
        (("--edition", "../2024-25"), "../2024-25"),
        (("--from", "no/such/folder"), "no/such/folder"),
        (("--blank", "--template", "no such.xlsx"), "no such.xlsx"),
        (("--blank", "--templates", "no/such/folder"), "no/such/folder"),
    ],
)
def test_new_from_what_is_not_there_is_misuse(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    made = tmp_path / "made.xlsx"
    assert_refused(run(capsys, "new", *words, "--out", made), said)
    assert not made.exists()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("recompute",),
        ("refresh",),
        ("refresh", "one.xlsx", "two.xlsx"),
        ("refresh", "one.xlsx", "--verbose"),
        ("appendix", "one.xlsx"),
        ("new", "--out", "made.xlsx"),
        ("new", "--blank", "--edition", "2024-25", "--out", "made.xlsx"),
        ("new", "--blank"),
    ],
)
def test_misuse_of_the_arguments_exits_with_two(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    ran = run(capsys, *words)
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.err.splitlines()
    assert line.startswith("xlframework")
    assert line.endswith("--help")


@pytest.mark.parametrize("words", [("--help",), ("refresh", "--help"), ("--version",)])
def test_help_and_version_exit_with_nought(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    ran = run(capsys, *words)
    assert (ran.code, ran.err) == (0, "")
    assert "xlframework" in ran.out


def _own_templates(folder: Path) -> Path:
    """Copy one layout with another total label, as a team would."""
    (folder / "appendix").mkdir(parents=True)
    text = (TEMPLATES / "appendix" / f"{GRANTS}.toml").read_text(encoding="utf-8")
    assert 'label = "' in text
    before, after = text.split('label = "', 1)
    changed = f'{before}label = "Sum of all grants{after[after.index(chr(34)) :]}'
    (folder / "appendix" / f"{GRANTS}.toml").write_text(changed, encoding="utf-8")
    return folder


@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_team_s_own_layout_comes_first(
    capsys: pytest.CaptureFixture[str],
    workbook: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    by: str,
) -> None:
    own = _own_templates(tmp_path / "our templates")
    words: tuple[str | Path, ...] = ("--templates", own) if by == "option" else ()
    if by == "environment":
        monkeypatch.setenv("XLFRAMEWORK_TEMPLATES", str(own))
    out = tmp_path / "out"
    ran = run(capsys, "appendix", workbook, "--out", out, "--format", "csv", *words)
    assert ran.code == 0
    assert "Sum of all grants" in (out / f"budget_{GRANTS}.csv").read_text(encoding="utf-8-sig")
    changes = run(capsys, "refresh", workbook, "--json", *words).json["changes"]
    assert [each["after"] for each in changes] == ["Sum of all grants"]
    assert (out / f"budget_{TABLE}.csv").exists()


def test_the_option_comes_before_the_environment(
    capsys: pytest.CaptureFixture[str],
    workbook: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XLFRAMEWORK_TEMPLATES", str(_own_templates(tmp_path / "environment")))
    ran = run(capsys, "refresh", workbook, "--templates", TEMPLATES, "--json")
    assert ran.json["changes"] == []


def test_a_folder_in_the_environment_that_is_not_there_is_misuse(
    capsys: pytest.CaptureFixture[str], workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XLFRAMEWORK_TEMPLATES", "no/such/folder")
    assert_refused(run(capsys, "refresh", workbook), "XLFRAMEWORK_TEMPLATES", "no/such/folder")


@pytest.mark.parametrize(
    ("file", "contents", "said"),
    [
        (f"appendix/{GRANTS}.toml", b"name = ", "TOML"),
        (f"appendix/{GRANTS}.toml", b'nom = "x"', "nom"),
        ("checks.toml", b'[rule.no-lines]\nseverity = "fatal"', "severity"),
        ("checks.toml", b"\xff\xfe", "checks.toml"),
    ],
)
def test_a_slip_in_a_declaration_names_the_file_and_the_key(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, file: str, contents: bytes, said: str
) -> None:
    path = tmp_path / "own" / file
    path.parent.mkdir(parents=True)
    path.write_bytes(contents)
    ran = run(capsys, "refresh", WORKBOOK, "--dry-run", "--templates", tmp_path / "own")
    assert_refused(ran, path.name, said)


def test_a_catalogue_without_a_rule_that_is_needed_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = (TEMPLATES / "checks.toml").read_text(encoding="utf-8")
    assert "[rule.line-amount-negative]" in text
    renamed = text.replace("[rule.line-amount-negative]", "[rule.line-amount-below]")
    (own / "checks.toml").write_text(renamed, encoding="utf-8")
    parts = shown_parts()
    put_number(parts, "Lines", FIRST_AMOUNT, "-1")
    ran = run(capsys, "refresh", write_workbook(tmp_path, parts), "--templates", own)
    assert_refused(ran, "checks.toml", "line-amount-")


def test_demo_runs_end_to_end(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ran = run(capsys, "demo", "--out", tmp_path / "demo", "--json")
    assert ran.code == 0
    assert ran.json["command"] == "demo"
    files = [Path(name) for name in (*ran.json["workbooks"], *ran.json["files"])]
    assert files
    assert all(path.is_file() for path in files)


def test_python_dash_m_runs_the_same_command_line(tmp_path: Path) -> None:
    missing = tmp_path / "no such.xlsx"
    ran = subprocess.run(
        [sys.executable, "-m", "xlframework", "refresh", str(missing)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=tmp_path,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert "no such.xlsx was not found" in ran.stderr


def test_a_reader_who_has_read_enough_is_no_trouble(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "xlframework", "compare", "2018-21", "2020-21", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.close()
        assert ran.stderr.read() == b""
    assert ran.returncode == 0


def test_python_and_the_command_line_say_the_same(
    capsys: pytest.CaptureFixture[str], workbook: Path
) -> None:
    outcome = xlframework.refresh(workbook, dry_run=True)
    assert run(capsys, "refresh", workbook, "--dry-run", "--json").json == outcome.as_json()
    assert main(["refresh", str(workbook)]) == outcome.exit_code == 0
