"""`addin check` passes what is built, and names each kind of fault in a broken copy."""

import builtins
import importlib.util
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from addin.making import COMMITTED, built, packed, parts_of, sources
from xlframework.addin import check as module
from xlframework.addin.check import check
from xlframework.addin.macros import procedures
from xlframework.addin.project import PART, project_bytes
from xlframework.addin.read_back import read_back
from xlframework.addin.source import RIBBON_PART, Module
from xlframework.commands.outcome import Outcome
from xlframework.ground.errors import UnreadableFileError

Parts = dict[str, bytes]


def checked(folder: Path, parts: Parts) -> Outcome:
    path = folder / "broken.xlam"
    path.write_bytes(packed(parts))
    return check(path)


def said(outcome: Outcome) -> list[str]:
    return [f"{each.rule}: {each.message}" for each in outcome.findings]


def test_the_committed_add_in_has_no_faults() -> None:
    outcome = check(COMMITTED)
    assert outcome.findings == ()
    assert outcome.exit_code == 0
    assert "11 buttons looked over" in outcome.text
    assert outcome.data["parts"] == list(parts_of(built()))


def test_without_a_file_the_one_of_the_current_folder_is_checked_else_the_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert check().data["file"] == str(COMMITTED)
    (tmp_path / "workbook").mkdir()
    (tmp_path / "workbook" / "xlframework.xlam").write_bytes(built())
    assert check().data["file"] == str(Path("workbook/xlframework.xlam"))


def without(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: {each: data for each, data in parts.items() if each != name}


def swapping(name: str, old: bytes, new: bytes) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        assert old in parts[name]
        return {**parts, name: parts[name].replace(old, new, 1)}

    return change


TYPES, RELS, BOOK_RELS = "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"
FAULTS: list[tuple[str, Callable[[Parts], Parts], str]] = [
    ("no macros", without(PART), "addin-part: part xl/vbaProject.bin is missing"),
    ("no ribbon", without(RIBBON_PART), f"addin-part: part {RIBBON_PART} is missing"),
    (
        "no ribbon, link",
        without(RIBBON_PART),
        f"addin-link: the package leads to {RIBBON_PART}, which is not there",
    ),
    (
        "a workbook's type",
        swapping(TYPES, b"addin.macroEnabled", b"sheet.macroEnabled"),
        "addin-part: part xl/workbook.xml is stated to be application/vnd.ms-excel.sheet",
    ),
    (
        "untyped macros",
        swapping(TYPES, b'PartName="/xl/vbaProject.bin"', b'PartName="/xl/other.bin"'),
        "addin-part: part xl/vbaProject.bin is stated to be of no type",
    ),
    (
        "a type for nothing",
        swapping(TYPES, b'PartName="/xl/vbaProject.bin"', b'PartName="/xl/other.bin"'),
        "addin-part: a type is stated for /xl/other.bin, which is not there",
    ),
    (
        "an untyped part",
        lambda parts: {**parts, "xl/more.dat": b"x"},
        "addin-part: part xl/more.dat is of no type",
    ),
    (
        "ribbon not led to",
        swapping(RELS, b"relationships/ui/extensibility", b"relationships/ui/other"),
        f"addin-link: the package does not lead to {RIBBON_PART}",
    ),
    (
        "macros not led to",
        swapping(BOOK_RELS, b"2006/relationships/vbaProject", b"2006/relationships/other"),
        "addin-link: xl/workbook.xml does not lead to xl/vbaProject.bin",
    ),
    (
        "a link out of the file",
        swapping(
            BOOK_RELS, b'Target="styles.xml"', b'Target="https://x.example/" TargetMode="External"'
        ),
        "addin-link: xl/workbook.xml leads out of the file, to https://x.example/",
    ),
    (
        "two links of one id",
        swapping(BOOK_RELS, b'Id="rId2"', b'Id="rId3"'),
        "addin-link: xl/workbook.xml has 2 links of the id rId3",
    ),
    (
        "links of nothing",
        lambda parts: {**parts, "xl/_rels/gone.xml.rels": parts[BOOK_RELS]},
        "addin-link: there are links for xl/gone.xml, which is not there",
    ),
    (
        "the workbook's code name",
        swapping("xl/workbook.xml", b'codeName="ThisWorkbook"', b'codeName="Book"'),
        "addin-code-name: the workbook has the code name Book, and no module is called so",
    ),
    (
        "a module of no sheet",
        swapping("xl/workbook.xml", b'codeName="ThisWorkbook"', b'codeName="Book"'),
        "addin-code-name: the module ThisWorkbook belongs to no sheet",
    ),
    (
        "a sheet without a code name",
        swapping("xl/worksheets/sheet1.xml", b'<sheetPr codeName="Sheet1"/>', b""),
        "addin-code-name: sheet xlframework.conf has no code name",
    ),
    (
        "two of one code name",
        swapping("xl/worksheets/sheet1.xml", b'"Sheet1"', b'"ThisWorkbook"'),
        "addin-code-name: sheet xlframework.conf has the code name ThisWorkbook, and so has anot",
    ),
    (
        "the ribbon's size",
        swapping(RIBBON_PART, b'size="large"', b'size="huge"'),
        "addin-ribbon: XlfRefresh: size is normal or large, not huge",
    ),
    (
        "a button's words",
        swapping(RIBBON_PART, b'label="Refresh"', b'label="Renew"'),
        "addin-button: XlfRefresh: label is 'Renew' in the ribbon and 'Refresh' in the registry",
    ),
]


@pytest.mark.parametrize(("change", "wanted"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_each_fault_of_a_broken_copy_is_named(
    change: Callable[[Parts], Parts], wanted: str, tmp_path: Path
) -> None:
    outcome = checked(tmp_path, change(parts_of(built())))
    assert outcome.exit_code == 1
    assert any(each.startswith(wanted) for each in said(outcome)), said(outcome)
    assert {each.place.file for each in outcome.findings} == {"broken.xlam"}


def with_module(name: str, change: Callable[[str], str]) -> Parts:
    """Build the add-in with one module's text changed: what somebody may have done to it."""
    modules = tuple(
        replace(each, text=change(each.text)) if each.name == name else each
        for each in sources().modules
    )
    return {**parts_of(built()), PART: project_bytes(modules)}


CALL = 'ShowReply Press(control, "refresh")'
TAMPERED: list[tuple[str, str, Callable[[str], str], str]] = [
    (
        "one line",
        "XlfDesktop",
        lambda text: text.replace('TITLE As String = "xlframework"', 'TITLE As String = "x"'),
        "addin-vba: the module XlfDesktop differs from its text in line 8",
    ),
    (
        "a line at the end",
        "ThisWorkbook",
        lambda text: text + "Private Sub Workbook_Open()\nEnd Sub\n",
        "addin-vba: the module ThisWorkbook differs from its text in line 12",
    ),
    (
        "another command",
        "XlfButtons",
        lambda text: text.replace(CALL, CALL.replace("refresh", "publish")),
        "addin-callback: the callback XlfRefresh does not hand on refresh and show the reply",
    ),
    (
        "more than a doorbell",
        "XlfButtons",
        lambda text: text.replace(CALL, f"Beep\n    {CALL}"),
        "addin-callback: the callback XlfRefresh does not hand on refresh and show the reply",
    ),
    (
        "no parameter",
        "XlfButtons",
        lambda text: text.replace("XlfRefresh(control As IRibbonControl)", "XlfRefresh()"),
        "addin-callback: the callback XlfRefresh does not take (control As IRibbonControl)",
    ),
    (
        "private",
        "XlfButtons",
        lambda text: text.replace("Public Sub XlfRefresh", "Private Sub XlfRefresh"),
        "addin-callback: the callback XlfRefresh is no Public Sub",
    ),
    (
        "missing",
        "XlfButtons",
        lambda text: text.replace("XlfRefresh", "XlfOther"),
        "addin-callback: the callback XlfRefresh is missing",
    ),
    (
        "for no button",
        "XlfButtons",
        lambda text: text.replace("XlfRefresh", "XlfOther"),
        "addin-callback: the callback XlfOther in XlfButtons belongs to no button",
    ),
    (
        "twice",
        "XlfDesktop",
        lambda text: f"{text}Public Sub XlfRefresh(control As IRibbonControl)\nEnd Sub\n",
        "addin-callback: the callback XlfRefresh stands 2 times",
    ),
    (
        "the closed door opened",
        "xlwings",
        lambda text: text.replace('AddExcelDir = "false"', 'AddExcelDir = "true"', 1),
        "addin-vba: the module xlwings differs from its text in line",
    ),
]


@pytest.mark.parametrize(
    ("name", "change", "wanted"), [each[1:] for each in TAMPERED], ids=[t[0] for t in TAMPERED]
)
def test_macros_that_were_tampered_with_are_named(
    name: str, change: Callable[[str], str], wanted: str, tmp_path: Path
) -> None:
    outcome = checked(tmp_path, with_module(name, change))
    assert outcome.exit_code == 1
    assert any(each.startswith(wanted) for each in said(outcome)), said(outcome)


def test_a_module_too_many_and_one_too_few_are_named(tmp_path: Path) -> None:
    kept = [each for each in sources().modules if each.name != "Dictionary"]
    more = Module("Extra", "standard", 'Attribute VB_Name = "Extra"\nOption Explicit\n')
    parts = {**parts_of(built()), PART: project_bytes((*kept, more))}
    found = said(checked(tmp_path, parts))
    assert "addin-vba: the file has a module Extra that belongs to none of the texts" in found
    assert "addin-vba: the module Dictionary is missing from the file" in found


def test_macros_that_are_no_project_cannot_be_read(tmp_path: Path) -> None:
    damaged = parts_of(built())[PART][:700]
    with pytest.raises(UnreadableFileError, match=r"broken\.xlam: its macros cannot be read"):
        checked(tmp_path, {**parts_of(built()), PART: damaged})


def test_oletools_reads_every_module_as_it_was_written() -> None:
    assert read_back(built(), "a.xlam") == {each.name: each.text for each in sources().modules}


def test_without_oletools_the_rest_is_checked_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "can_read_back", lambda: False)
    outcome = check(COMMITTED)
    (finding,) = outcome.findings
    assert finding.rule == "addin-unread"
    assert finding.severity == "warning"
    assert outcome.exit_code == 0
    assert "for oletools is not installed" in finding.message
    assert "pip install 'xlframework[addin]'" in finding.fix
    broken = checked(tmp_path, without(RIBBON_PART)(parts_of(built())))
    assert broken.exit_code == 1


def test_with_another_xlwings_all_but_its_modules_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "xlwings"
    other.mkdir()
    line = 'Public Const XLWINGS_VERSION As String = "0.99.0"\n'
    (other / "xlwings_custom_addin.bas").write_text(line, encoding="ascii")
    monkeypatch.setattr("xlframework.addin.source.xlwings_folder", lambda: other)
    outcome = check(COMMITTED)
    (finding,) = outcome.findings
    assert finding.rule == "addin-unread"
    assert "xlwings 0.37.8, and 0.99.0 is installed here" in finding.message
    changed = checked(tmp_path, with_module("XlfDesktop", lambda text: f"{text}' more\n"))
    assert [each.rule for each in changed.findings] == ["addin-unread", "addin-vba"]


def test_reading_the_code_needs_no_pyopenvba(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] == "pyopenvba":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert check(COMMITTED).findings == ()
    assert importlib.util.find_spec("pyopenvba") is not None


def test_procedures_are_read_with_continued_lines_and_comments() -> None:
    text = (
        "' Public Sub NotOne()\n"
        "Public Sub One(a As String, _\n      b As Long) ' a comment\n"
        "    x = \"it's\" ' and another\n"
        "End Sub\n"
        "Private Function Two() As String\nEnd Function\n"
        "Sub Three\nEnd Sub\n"
    )
    one, two, three = procedures(text)
    assert (one.name, one.parameters, one.body) == (
        "One",
        "a As String, b As Long",
        ('x = "it\'s"',),
    )
    assert (one.is_public, one.is_sub) == (True, True)
    assert (two.is_public, two.is_sub, two.parameters) == (False, False, "")
    assert (three.name, three.is_public) == ("Three", True)
