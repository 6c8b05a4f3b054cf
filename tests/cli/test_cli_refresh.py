"""`xlframework refresh` as it is typed: options, files, exit codes and what is printed."""

import json
import shutil
from pathlib import Path

import pytest

from cli.terminal import assert_refused, run
from known_findings import OF_2024_25, further_json
from loss.surgery import (
    FIRST_AMOUNT,
    WORKBOOK,
    Parts,
    packed,
    parts_of,
    put_cell,
    put_number,
    put_text,
    sheet_part,
    shown_parts,
    write_workbook,
)

FINDING_KEYS = [
    "rule",
    "severity",
    "file",
    "sheet",
    "cell",
    "message",
    "expected",
    "found",
    "difference",
    "fix",
]


def _changed_parts() -> Parts:
    parts = shown_parts()
    put_number(parts, "Lines", FIRST_AMOUNT, "500001")
    return parts


@pytest.fixture
def settled(tmp_path: Path) -> Path:
    """A workbook with nothing to change."""
    return Path(shutil.copy(WORKBOOK, tmp_path / "budget.xlsx"))


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A workbook with one amount changed since its last refresh."""
    return write_workbook(tmp_path, _changed_parts())


def test_nothing_to_change_is_said_and_the_file_left_alone(
    capsys: pytest.CaptureFixture[str], settled: Path
) -> None:
    stamp = settled.stat().st_mtime_ns
    ran = run(capsys, "refresh", settled)
    assert (ran.code, ran.err) == (0, "")
    assert "nothing to change" in ran.out
    assert "6,674,237" in ran.out
    assert settled.stat().st_mtime_ns == stamp
    assert list(settled.parent.iterdir()) == [settled]


def test_json_is_one_object_with_the_promised_keys(
    capsys: pytest.CaptureFixture[str], changed: Path
) -> None:
    ran = run(capsys, "refresh", changed, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["command"] == "refresh"
    assert set(ran.json) == {
        "command",
        "findings",
        "workbook",
        "subtotals",
        "totals",
        "changes",
    }
    assert {tuple(each) for each in ran.json["subtotals"]} == {
        ("block", "section", "year", "amount")
    }
    assert {
        "block": "Commissioning",
        "section": "Victim Services",
        "year": "2024/25 Budget",
        "amount": "1412615.00",
    } in ran.json["subtotals"]
    assert ran.json["totals"] == [
        {"block": "Commissioning", "year": "2024/25 Budget", "amount": "4654012.00"},
        {"block": "External grants", "year": "2024/25 Budget", "amount": "2020226.00"},
        {"block": None, "year": "2024/25 Budget", "amount": "6674238.00"},
    ]
    assert {tuple(each) for each in ran.json["changes"]} == {("sheet", "cell", "before", "after")}
    assert {
        "sheet": "Sections",
        "cell": "D5",
        "before": "1412614",
        "after": "1412615",
    } in ran.json["changes"]


def test_a_finding_has_every_key_and_gives_exit_code_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    put_cell(parts, "Lines", FIRST_AMOUNT, "<v>#N/A</v>", "e")
    path = write_workbook(tmp_path, parts)
    ran = run(capsys, "refresh", path, "--json")
    (finding,) = further_json(ran.json["findings"])
    assert ran.code == 1
    assert list(finding) == FINDING_KEYS
    assert finding["severity"] == "error"
    assert finding["file"] == str(path)
    assert (finding["sheet"], finding["cell"]) == ("Lines", FIRST_AMOUNT)


def test_a_warning_gives_exit_code_nought(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    put_number(parts, "Lines", FIRST_AMOUNT, "-5")
    ran = run(capsys, "refresh", write_workbook(tmp_path, parts), "--json")
    assert [each["severity"] for each in further_json(ran.json["findings"])] == ["warning"]
    assert ran.code == 0


def test_plain_text_says_where_and_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    put_text(parts, "Lines", FIRST_AMOUNT, "TBC")
    path = write_workbook(tmp_path, parts)
    ran = run(capsys, "refresh", path)
    assert f"Checks of {path}: 1 error, {len(OF_2024_25)} warnings." in ran.out
    assert f"ERROR sheet Lines, cell {FIRST_AMOUNT}" in ran.out
    assert "What to do: Type the amount as a plain number" in ran.out


@pytest.mark.parametrize("options", [("--dry-run",), ("--dry-run", "--json")])
def test_a_dry_run_shows_the_changes_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], changed: Path, options: tuple[str, ...]
) -> None:
    ran = run(capsys, "refresh", changed, *options)
    assert ran.code == 0
    said = ran.out.replace(",", "")
    assert "1412614" in said
    assert "1412615" in said
    assert changed.read_bytes() == packed(_changed_parts())
    assert list(changed.parent.iterdir()) == [changed]


def test_a_dry_run_lists_what_a_refresh_then_writes(
    capsys: pytest.CaptureFixture[str], changed: Path
) -> None:
    shown = run(capsys, "refresh", changed, "--dry-run", "--json")
    written = run(capsys, "refresh", changed, "--json")
    assert shown.json == written.json
    assert shown.json["changes"]


def test_a_dry_run_says_no_value_twice(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    parts = shown_parts()
    put_number(parts, "Lines", FIRST_AMOUNT, "500000.50")
    ran = run(capsys, "refresh", write_workbook(tmp_path, parts), "--dry-run")
    # The whole column is to show pence now; figures that stay are not shown as changed.
    assert "D24: 772,416 (only its look)" in ran.out
    assert "772,416 -> 772,416" not in ran.out


def test_a_dry_run_may_look_at_a_workbook_that_is_open_or_read_only(
    capsys: pytest.CaptureFixture[str], changed: Path
) -> None:
    changed.with_name("~$budget.xlsx").write_bytes(bytes([3]) + b"Ann")
    changed.chmod(0o444)
    assert run(capsys, "refresh", changed, "--dry-run").code == 0


def test_out_leaves_the_workbook_and_makes_folders(
    capsys: pytest.CaptureFixture[str], changed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "new folder" / "refreshed.xlsx"
    ran = run(capsys, "refresh", changed, "--out", out, "--json")
    assert (ran.code, ran.json["workbook"]) == (0, str(out))
    assert changed.read_bytes() == packed(_changed_parts())
    assert list(out.parent.iterdir()) == [out]
    assert run(capsys, "refresh", out, "--json").json["changes"] == []


def test_out_gets_a_copy_where_nothing_changes(
    capsys: pytest.CaptureFixture[str], settled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "copy.xlsx"
    ran = run(capsys, "refresh", settled, "--out", out)
    assert out.read_bytes() == settled.read_bytes()
    assert f"{out} is a copy of it" in ran.out


def test_out_gets_a_copy_too_where_a_known_error_holds_nothing_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    put_text(parts, "Lines", "A6", "C24-01")
    path, out = write_workbook(tmp_path, parts), tmp_path / "copy.xlsx"
    assert run(capsys, "refresh", path).code == 1
    assert run(capsys, "refresh", path, "--out", out).code == 1
    assert out.read_bytes() == path.read_bytes()


def test_out_into_a_folder_is_misuse(
    capsys: pytest.CaptureFixture[str], changed: Path, tmp_path: Path
) -> None:
    assert_refused(run(capsys, "refresh", changed, "--out", tmp_path), "is a folder")


def test_the_file_before_is_kept_unless_told_otherwise(
    capsys: pytest.CaptureFixture[str], changed: Path
) -> None:
    before = changed.read_bytes()
    kept = changed.with_name("budget.previous.xlsx")
    ran = run(capsys, "refresh", changed)
    assert kept.read_bytes() == before
    assert kept.name in ran.out
    kept.unlink()
    changed.write_bytes(before)
    ran = run(capsys, "refresh", changed, "--no-backup")
    assert not kept.exists()
    assert kept.name not in ran.out


def _owned(path: Path, name: str) -> bytes:
    """Lay Excel's owner file beside a workbook: the name, and again in UTF-16."""
    padded = name.ljust(54)
    data = bytes([len(name)]) + padded.encode("latin-1")
    data += bytes([len(name), 0]) + padded.encode("utf-16-le")
    path.with_name(f"~${path.name}").write_bytes(data)
    return data


def test_a_workbook_that_somebody_has_open_is_refused_with_their_name(
    capsys: pytest.CaptureFixture[str], changed: Path
) -> None:
    owner = _owned(changed, "Zoë Pearce")
    refused = run(capsys, "refresh", changed)
    assert_refused(refused, "Zoë Pearce", "--ignore-owner-file")
    assert changed.read_bytes() == packed(_changed_parts())
    assert run(capsys, "refresh", changed, "--ignore-owner-file").code == 0
    assert changed.read_bytes() != packed(_changed_parts())
    assert changed.with_name("~$budget.xlsx").read_bytes() == owner


def test_an_empty_owner_file_names_nobody(
    capsys: pytest.CaptureFixture[str], changed: Path
) -> None:
    changed.with_name("~$budget.xlsx").write_bytes(b"")
    assert_refused(run(capsys, "refresh", changed), "somebody")


def test_out_onto_a_workbook_that_somebody_has_open_is_refused(
    capsys: pytest.CaptureFixture[str], changed: Path, tmp_path: Path
) -> None:
    out = Path(shutil.copy(WORKBOOK, tmp_path / "open.xlsx"))
    _owned(out, "Ann")
    for target in (out, changed):
        _owned(target, "Ann")
        before = target.read_bytes()
        assert_refused(run(capsys, "refresh", changed, "--out", target), "Ann")
        assert target.read_bytes() == before


def test_a_read_only_file_is_refused_unharmed(
    capsys: pytest.CaptureFixture[str], changed: Path
) -> None:
    changed.chmod(0o444)
    assert_refused(run(capsys, "refresh", changed), "cannot be written", "read-only")
    assert changed.read_bytes() == packed(_changed_parts())
    assert list(changed.parent.iterdir()) == [changed]


@pytest.mark.parametrize(
    "name", ["budget 2024.xlsx", "Büdget für Zoë.xlsx", "預算.xlsx", "it's 100%.xlsx", "a.b.c.xlsx"]
)
def test_file_names_may_hold_spaces_and_accents(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    path = write_workbook(tmp_path, _changed_parts(), name)
    ran = run(capsys, "refresh", path)
    assert ran.code == 0
    assert name in ran.out
    assert path.with_name(f"{path.stem}.previous.xlsx").exists()


def test_a_macro_workbook_keeps_its_ending_for_the_file_before(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = write_workbook(tmp_path, _changed_parts(), "budget.xlsm")
    assert run(capsys, "refresh", path).code == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "budget.previous.xlsm",
        "budget.xlsm",
    ]


def test_two_refreshes_of_one_workbook_give_the_same_bytes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    one = write_workbook(tmp_path, _changed_parts(), "one.xlsx")
    two = write_workbook(tmp_path, _changed_parts(), "two.xlsx")
    run(capsys, "refresh", one)
    run(capsys, "refresh", two)
    # Only the change log holds times.
    log = sheet_part(_changed_parts(), "Change log")
    first, second = parts_of(one.read_bytes()), parts_of(two.read_bytes())
    assert {part for part in first if first[part] != second[part]} <= {log}
    assert set(first) == set(second)
    assert json.dumps(run(capsys, "refresh", one, "--json").json["changes"]) == "[]"
