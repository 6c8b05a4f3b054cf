"""The texts of the add-in: kept plainly, and borrowed VBA changed only as declared."""

import re
from pathlib import Path

import pytest

from addin.making import TEXTS, copy_of_texts, sources
from xlframework.addin.source import made_private, read_borrowed, read_sources, xlwings_folder
from xlframework.ground.errors import DeclarationError, MisuseError

OURS = sorted([*TEXTS.glob("*.bas"), *TEXTS.glob("*.cls")])
MODULES = {module.name: module for module in sources().modules}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return copy_of_texts(tmp_path / "addin")


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_vba_is_ascii_with_line_feeds_in_the_repository(path: Path) -> None:
    data = path.read_bytes()
    assert data.isascii()
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert all(len(line) <= 120 for line in data.split(b"\n"))
    if path.suffix == ".bas" or b"VB_Base" not in data:
        assert b"\nOption Explicit\n" in data


def test_the_add_in_holds_our_modules_and_two_of_xlwings() -> None:
    kinds = {name: module.kind for name, module in MODULES.items()}
    assert kinds == {
        "ThisWorkbook": "document",
        "Sheet1": "document",
        "XlfButtons": "standard",
        "XlfDesktop": "standard",
        "xlwings": "standard",
        "Dictionary": "class",
    }


def test_a_module_is_stored_with_the_line_ends_of_vba() -> None:
    for module in MODULES.values():
        assert module.stored.replace("\r\n", "\n") == module.text
        assert "\n" not in module.stored.replace("\r\n", "")


def test_only_the_declared_changes_are_made_to_xlwings() -> None:
    declared = next(each for each in read_borrowed(TEXTS).module if each.name == "xlwings")
    data = (xlwings_folder() / declared.file).read_bytes()
    text = data.decode("ascii").replace("\r\n", "\n")
    for change in declared.change:
        assert text.count(change.find) == 1
        text = text.replace(change.find, change.replace)
    assert declared.private
    assert MODULES["xlwings"].text == made_private(text)


def test_nothing_that_runs_is_taken_from_the_active_workbook() -> None:
    text = MODULES["xlwings"].text
    run_python = text[text.index("Private Function RunPython") :].partition("End Function")[0]
    get_config = text[text.index("\nPrivate Function GetConfig(") :].partition("\nEnd Function")[0]
    assert 'AddExcelDir = "false"' in run_python
    assert 'Run("' not in text
    assert "Worksheets" not in run_python
    assert "FullName" not in run_python.replace("ActiveFullName", "").replace("ThisFullName", "")
    assert "ActiveWorkbook" not in get_config
    assert "Directory" not in get_config
    assert "ThisWorkbook" in get_config
    assert "GetConfigFilePath()" in get_config


def test_no_formula_in_a_cell_can_call_anything_of_the_add_in() -> None:
    """A cell of any workbook can call the public functions of an add-in that is loaded."""
    said = re.compile(
        r"^[ ]*(?!Private )(?:\w+ )*?(?:Declare [^\n]*|Function \w+[^\n]*)$", re.MULTILINE
    )
    found = {
        name: [line for line in said.findall(module.text) if not line.strip().startswith("End")]
        for name, module in MODULES.items()
        if module.kind == "standard"
    }
    # The one that is left takes what only a button has.
    press = (
        "Public Function Press(ByVal control As IRibbonControl, ByVal command As String) As String"
    )
    assert found == {"XlfButtons": [], "XlfDesktop": [press], "xlwings": []}


def test_a_module_is_made_private_but_for_the_subs_that_say_public() -> None:
    text = (
        'Declare PtrSafe Function A Lib "a.dll" () As Long\n    Private Declare Function B\n'
        "Public Function C()\n    Exit Function\nEnd Function\nFunction D()\nEnd Function\n"
        'Public Sub E()\nEnd Sub\nSub F()\nEnd Sub\n\' Function G\nPublic Const H As String = ""\n'
    )
    wanted = text.replace("Declare PtrSafe", "Private Declare PtrSafe").replace(
        "\nSub F", "\nPrivate Sub F"
    )
    wanted = wanted.replace("Public Function C", "Private Function C")
    assert made_private(text) == wanted.replace("\nFunction D", "\nPrivate Function D")


def test_the_licences_of_what_is_borrowed_travel_with_it() -> None:
    assert "xlwings is distributed under a BSD 3-clause license" in MODULES["xlwings"].text
    assert "POSSIBILITY OF SUCH DAMAGE" in MODULES["xlwings"].text
    assert "@license: MIT" in MODULES["Dictionary"].text


def test_an_exported_class_gets_the_line_that_makes_it_one() -> None:
    text = MODULES["Dictionary"].text
    assert text.startswith('Attribute VB_Name = "Dictionary"\nAttribute VB_Base = "0{FCFB3D2A-')
    assert "VERSION 1.0 CLASS" not in text


@pytest.mark.parametrize("times", [0, 2])
def test_a_change_that_is_not_found_exactly_once_stops_the_build(
    times: int, tmp_path: Path
) -> None:
    line = 'Public Const PROJECT_NAME As String = "myaddin"\r\n'
    folder = tmp_path / "xlwings"
    (folder / "addin").mkdir(parents=True)
    for each in read_borrowed(TEXTS).module:
        text = (xlwings_folder() / each.file).read_bytes().decode("ascii")
        (folder / each.file).write_bytes(text.replace(line, line * times).encode())
    with pytest.raises(DeclarationError) as caught:
        read_sources(TEXTS, folder)
    said = str(caught.value)
    assert f"stands {times} times in xlwings_custom_addin.bas" in said
    assert "Public Const PROJECT_NAME" in said
    assert "The user's settings lie in" in said


def test_another_release_of_xlwings_stops_the_build(texts: Path) -> None:
    path = texts / "xlwings.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("0.37.8", "0.36.0"), encoding="utf-8")
    with pytest.raises(MisuseError, match=r"xlwings 0\.36\.0, and 0\.37\.8 is installed here"):
        read_sources(texts)


def test_a_sign_that_is_not_ascii_is_named_with_its_line(texts: Path) -> None:
    path = texts / "XlfDesktop.bas"
    path.write_text(path.read_text(encoding="ascii") + "' 5 £\n", encoding="utf-8")
    last = len(path.read_text(encoding="utf-8").splitlines())
    with pytest.raises(
        DeclarationError, match=rf"XlfDesktop\.bas, line {last}: VBA is kept in ASCII"
    ):
        read_sources(texts)


def test_a_module_of_another_name_than_its_file_is_refused(texts: Path) -> None:
    (texts / "XlfButtons.bas").rename(texts / "Buttons.bas")
    with pytest.raises(DeclarationError, match=r"calls itself XlfButtons; give the file the same"):
        read_sources(texts)


def test_a_module_without_a_name_is_refused(texts: Path) -> None:
    (texts / "Other.bas").write_text("Option Explicit\n", encoding="ascii")
    with pytest.raises(DeclarationError, match=r"Attribute VB_Name = .* is missing"):
        read_sources(texts)


def test_a_missing_ribbon_is_named(texts: Path) -> None:
    (texts / "customUI14.xml").unlink()
    with pytest.raises(DeclarationError, match=r"customUI14\.xml cannot be read"):
        read_sources(texts)


def test_a_folder_with_no_texts_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"holds no VBA; restore the folder"):
        read_sources(tmp_path)


def test_a_checkout_with_windows_line_ends_gives_the_same_add_in(texts: Path) -> None:
    for path in texts.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_sources(texts) == sources()
