"""What nobody should send is a result among the others: nothing hangs, runs, or is fetched."""

import io
import os
import re
import signal
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import ROOT
from commands.submissions import COMMISSIONING, OLD, arrive, checked, files_of, validated
from loss.surgery import packed
from returns_forms import BLABY, PART, PLAN, against, at, package_of, plan, typed
from xlframework.commands import examine as examining
from xlframework.commands.check_return import Known, check_file, read_known
from xlframework.commands.examine import Desk, examine, examine_all
from xlframework.ground.errors import UnsafeFileError

# Far more than any of these takes, far less than a person waits.
SECONDS = 20


def parts() -> dict[str, bytes]:
    return dict(package_of(plan()).parts)


def replaced(part: str, old: bytes, new: bytes) -> bytes:
    held = parts()
    assert old in held[part]
    held[part] = held[part].replace(old, new, 1)
    return packed(held)


def bomb() -> bytes:
    return packed({**parts(), "xl/media/image1.png": bytes(300 * 2**20)})


def outside_entity() -> bytes:
    doctype = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return packed({**parts(), PART: doctype + parts()[PART]})


def laughs() -> bytes:
    entities = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(12)
    )
    return packed({**parts(), PART: b"<!DOCTYPE worksheet [" + entities + b"]>" + parts()[PART]})


def deep() -> bytes:
    nested = b"<extLst>" + b"<ext>" * 50_000 + b"</ext>" * 50_000 + b"</extLst></worksheet>"
    return replaced(PART, b"</worksheet>", nested)


def climbing() -> bytes:
    return packed({**parts(), "../../escaped.xml": b"<x/>"})


def outside_picture() -> bytes:
    link = (
        b'<Relationship Id="rId77" TargetMode="External" Target="http://127.0.0.1:9/x" Type="http://'
        b'schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    return replaced("xl/worksheets/_rels/sheet1.xml.rels", b"</Relationships>", link)


def wide_names() -> bytes:
    return replaced("xl/workbook.xml", b"!$B$7<", b"!$A:$XFD<")


def merged_all_over() -> bytes:
    merged = b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (n, n) for n in range(100, 6000))
    return replaced(
        PART,
        b"<conditionalFormatting",
        b"<mergeCells>" + merged + b"</mergeCells><conditionalFormatting",
    )


def odd_sizes() -> bytes:
    held = parts()
    cut = re.sub(rb'width="[0-9.]+"', b'width="nan"', held[PART])
    held[PART] = re.sub(rb' ht="[0-9.]+"', b' ht="inf"', cut)
    return packed(held)


SENT: tuple[Callable[[], bytes], ...] = (
    bomb,
    outside_entity,
    laughs,
    deep,
    climbing,
    outside_picture,
    wide_names,
    merged_all_over,
    odd_sizes,
)


@pytest.mark.parametrize("make", SENT, ids=lambda make: make.__name__)
def test_it_is_judged_in_a_moment_and_the_others_with_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, make: Callable[[], bytes]
) -> None:
    folder = arrive(tmp_path / "in", {"odd.xlsx": make(), "sound.xlsx": plan()})
    started = time.monotonic()
    ran = validated(
        *(capsys, folder, "--against", COMMISSIONING, "--json"),
        *("--annotate", tmp_path / "out", "--report", tmp_path / "report.html"),
    )
    assert time.monotonic() - started < SECONDS
    assert ran.code in {0, 1}
    assert ran.err == ""
    assert len(ran.json["files"]) == 2
    assert "root:" not in ran.out
    assert "nobody has foreseen" not in ran.out
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out", "report.html"}
    assert (tmp_path / "out" / "sound.checked.xlsx").exists()


def test_a_pipe_in_the_folder_is_not_waited_for(tmp_path: Path) -> None:
    folder = arrive(tmp_path / "in", {"sound.xlsx": plan()})
    os.mkfifo(folder / "pipe.xlsx")
    assert list(files_of(checked(folder)).values()) == ["accepted"]
    assert sorted(files_of(checked(folder, folder / "pipe.xlsx")).values()) == [
        "accepted",
        "unreadable",
    ]


def test_a_folder_that_leads_back_to_itself_is_walked_once(tmp_path: Path) -> None:
    folder = arrive(tmp_path / "in", {"sound.xlsx": plan()})
    (folder / "again").symlink_to(folder)
    assert len(files_of(checked(folder))) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_file_that_may_not_be_read_is_a_result(tmp_path: Path) -> None:
    folder = arrive(tmp_path / "in", {"closed.xlsx": plan()})
    (folder / "closed.xlsx").chmod(0)
    assert list(files_of(checked(folder)).values()) == ["unreadable"]


def desk() -> Desk:
    return Desk(read_known(ROOT / "templates", against()))


def test_a_file_much_larger_than_any_form_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as stream:
        stream.truncate(40 * 2**30)
    found = examine(path, desk()).checked
    assert found.status == "unreadable"
    assert [finding.rule for finding in found.findings] == ["return-file-large"]


def test_an_error_that_nobody_has_foreseen_is_one_files_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = arrive(tmp_path, {"a.xlsx": plan(), "b.xlsx": plan(), "c.xlsx": OLD})

    def check(data: bytes, file: str, known: Known) -> object:
        if file.endswith("b.xlsx"):
            raise MemoryError
        return check_file(data, file, known)

    monkeypatch.setattr(examining, "check_file", check)
    results = list(examine_all(sorted(folder.iterdir()), desk()))
    assert [each.checked.status for each in results] == ["accepted", "unreadable", "unreadable"]
    (finding,) = results[1].checked.findings
    assert "nobody has foreseen" in finding.message


def test_a_copy_that_cannot_be_made_is_said_and_the_file_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise UnsafeFileError("it cannot be changed")

    monkeypatch.setattr(examining, "marked_copy", fail)
    folder = arrive(tmp_path / "in", {"a.xlsx": plan()})
    outcome = checked(folder, annotate=tmp_path / "out")
    assert list(files_of(outcome).values()) == ["accepted"]
    assert "No marked copy of" in outcome.text


def end_at_once(path: Path) -> object:
    """Stand in for the check of a file that ends the whole process."""
    if path.name == "b.xlsx":
        os.kill(os.getpid(), signal.SIGKILL)
    return examine(path, examining._desks[-1])


def test_a_file_that_ends_its_process_is_one_files_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {f"{name}.xlsx": plan() for name in "abcd"}
    folder = arrive(tmp_path, sent)
    monkeypatch.setattr(examining, "_examine", end_at_once)
    results = list(examine_all(sorted(folder.iterdir()), desk(), 2))
    assert [Path(each.checked.file).name for each in results] == list(sent)
    assert [each.checked.status for each in results] == [
        "accepted",
        "unreadable",
        "accepted",
        "accepted",
    ]


def test_where_no_process_can_start_this_one_does_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(examining, "_pool", refuse)
    folder = arrive(tmp_path, {"a.xlsx": plan(), "b.xlsx": plan()})
    results = list(examine_all(sorted(folder.iterdir()), desk(), 2))
    assert [each.checked.status for each in results] == ["accepted", "accepted"]


def test_a_formula_that_was_sent_is_kept_as_it_is_and_never_worked_out(tmp_path: Path) -> None:
    sent = typed(plan(), {at(PLAN, BLABY, "Activity", 1): "=WEBSERVICE(1)"})
    folder = arrive(tmp_path / "in", {"a.xlsx": sent})
    checked(folder, annotate=tmp_path / "out")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "out" / "a.checked.xlsx").read_bytes())) as archive:
        assert b"<f>WEBSERVICE" not in b"".join(archive.read(name) for name in archive.namelist())
