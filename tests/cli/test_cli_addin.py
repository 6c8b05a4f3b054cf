"""The verbs of the add-in as they are typed."""

from pathlib import Path

import pytest

from addin.making import COMMITTED, built, packed, parts_of
from cli.terminal import assert_refused, run
from xlframework.addin import install as module
from xlframework.addin.places import places


def test_build_and_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = run(capsys, "addin", "build", "--out", "a.xlam", "--json")
    assert (made.code, made.err) == (0, "")
    assert made.json["command"] == "addin build"
    assert made.json["changed"] is True
    assert Path("a.xlam").read_bytes() == built()
    checked = run(capsys, "addin", "check", "a.xlam", "--json")
    assert checked.code == 0
    assert checked.json["command"] == "addin check"
    assert checked.json["findings"] == []
    assert "no problems found" in run(capsys, "addin", "check").out


def test_a_broken_add_in_gives_one_and_a_missing_one_two(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = parts_of(built())
    del parts["customUI/customUI14.xml"]
    broken = tmp_path / "broken.xlam"
    broken.write_bytes(packed(parts))
    ran = run(capsys, "addin", "check", broken, "--json")
    assert ran.code == 1
    assert ran.rules() == {"addin-part", "addin-link"}
    assert_refused(run(capsys, "addin", "check", tmp_path / "gone.xlam"), "gone.xlam")


def test_install_is_refused_where_there_is_no_excel(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("install", "uninstall"):
        assert_refused(run(capsys, "addin", verb), "There is no Excel for this system")


def test_a_dry_run_shows_the_steps_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    shown = run(capsys, "addin", "install", "--dry-run")
    assert shown.code == 0
    for words in ("nothing would be done here", "On Windows it would:", "On a Mac it would:"):
        assert words in shown.out
    assert "Trusted Locations" in shown.out
    assert run(capsys, "addin", "uninstall", "--dry-run").code == 0


def test_install_and_uninstall(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "places", lambda: places("windows", tmp_path, {}))
    shown = run(capsys, "addin", "install", "--dry-run", "--json")
    assert shown.json["dry_run"] is True
    assert list(tmp_path.iterdir()) == []
    done = run(capsys, "addin", "install", "--file", COMMITTED)
    assert "Trusted Locations" in done.out
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
    assert run(capsys, "addin", "uninstall").code == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_verb_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (((), "VERB"), (("remove",), "remove")):
        ran = run(capsys, "addin", *words)
        assert ran.code == 2
        assert ran.err.startswith("xlframework addin: ")
        assert said in ran.err
        assert ran.err.count("\n") == 1
