"""The add-in is built from text, the same every time, and the committed one is a fresh build."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyopenvba import check_file

from addin.making import COMMITTED, TEXTS, built, packed, parts_of, sources
from builders import ROOT
from xlframework.addin.build import build, build_addin
from xlframework.addin.source import RIBBON_PART


def test_the_committed_add_in_is_a_fresh_build_part_by_part() -> None:
    committed, fresh = parts_of(COMMITTED.read_bytes()), parts_of(built())
    assert list(committed) == list(fresh)
    differing = [name for name in fresh if committed[name] != fresh[name]]
    assert not differing, f"run: make build ({', '.join(differing)})"


def test_two_builds_are_the_same_bytes_in_processes_of_their_own() -> None:
    script = (
        "import hashlib; from pathlib import Path; from xlframework.addin.build import build_addin;"
        f"print(hashlib.sha256(build_addin(Path({str(TEXTS)!r}))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(digests) == 1
    assert build_addin(TEXTS) == built()


def test_no_clock_and_no_person_is_in_it() -> None:
    with zipfile.ZipFile(io.BytesIO(built())) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    parts = parts_of(built())
    core = parts["docProps/core.xml"].decode()
    assert core.count("2000-01-01T00:00:00Z") == 2
    assert "<dc:creator>xlframework</dc:creator>" in core
    assert "lastModifiedBy" not in core
    everything = b"".join(parts.values())
    for trace in (b"William", b"Smith", b"Microsoft Excel</Application>", b"absPath"):
        assert trace not in everything


def test_parts_are_in_order_content_types_first() -> None:
    names = list(parts_of(built()))
    assert names == sorted(names, key=lambda name: (name != "[Content_Types].xml", name))


def test_the_ribbon_and_the_parts_are_the_texts_byte_for_byte() -> None:
    parts = parts_of(built())
    assert parts[RIBBON_PART] == (TEXTS / "customUI14.xml").read_bytes()
    for path in (TEXTS / "package").rglob("*"):
        if path.is_file():
            assert parts[path.relative_to(TEXTS / "package").as_posix()] == path.read_bytes()


def test_pyopenvbas_own_check_of_the_file_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "built.xlam"
    path.write_bytes(built())
    report = check_file(path)
    assert report.ok
    assert report.complete
    assert not report.issues


def test_openpyxl_reads_its_settings_once_it_is_called_a_workbook() -> None:
    parts = parts_of(built())
    types = parts["[Content_Types].xml"].replace(b"excel.addin.macro", b"excel.sheet.macro")
    assert types != parts["[Content_Types].xml"]
    book = load_workbook(io.BytesIO(packed({**parts, "[Content_Types].xml": types})))
    assert book.sheetnames == ["xlframework.conf"]
    settings = {row[0].value: row[1].value for row in book["xlframework.conf"].iter_rows()}
    assert settings == {
        "ADD_WORKBOOK_TO_PYTHONPATH": "false",
        "USE UDF SERVER": "False",
        "SHOW CONSOLE": "False",
    }


def test_build_writes_once_and_then_has_nothing_to_change(tmp_path: Path) -> None:
    target = tmp_path / "out" / "mine.xlam"
    first = build(target, source=TEXTS)
    stamp = target.stat().st_mtime_ns
    second = build(target, source=TEXTS)
    assert first.data["changed"] is True
    assert second.data["changed"] is False
    assert "nothing to change" in second.text
    assert target.stat().st_mtime_ns == stamp
    assert target.read_bytes() == built()
    assert first.data["modules"] == [module.name for module in sources().modules]


def test_build_by_default_writes_beside_the_texts_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert build().data["file"] == "xlframework.xlam"
    (tmp_path / "workbook").mkdir()
    assert build().data["file"] == str(Path("workbook/xlframework.xlam"))
    assert (tmp_path / "workbook" / "xlframework.xlam").read_bytes() == built()
