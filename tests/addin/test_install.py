"""Install and uninstall write and remove what they say, on either platform, and nothing else."""

from pathlib import Path

import pytest

from addin.making import built
from xlframework.addin.install import install, uninstall
from xlframework.addin.places import Places, places
from xlframework.addin.settings import setting, with_setting, without_setting
from xlframework.addin.source import xlwings_folder
from xlframework.commands.outcome import Outcome
from xlframework.ground.errors import MisuseError

WINDOWS_PYTHON = r"C:\Users\Alex Smith\AppData\Local\Programs\Python\Python311\python.exe"
MAC_PYTHON = "/Users/alex/xlframework/bin/python3"


@pytest.fixture
def addin(tmp_path: Path) -> Path:
    path = tmp_path / "shipped" / "xlframework.xlam"
    path.parent.mkdir()
    path.write_bytes(built())
    return path


@pytest.fixture
def windows(tmp_path: Path) -> Places:
    return places("windows", tmp_path / "home", {})


@pytest.fixture
def mac(tmp_path: Path) -> Places:
    return places("mac", tmp_path / "home", {})


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def done(outcome: Outcome) -> list[str]:
    steps = outcome.data["steps"]
    assert isinstance(steps, list)
    return [step["does"] for step in steps]


def test_on_windows_two_files_are_written(windows: Places, addin: Path, tmp_path: Path) -> None:
    outcome = install(place=windows, python=WINDOWS_PYTHON, addin=addin)
    assert files_below(tmp_path / "home") == {
        "AppData/Roaming/Microsoft/Excel/XLSTART/xlframework.xlam": built(),
        ".xlframework/xlframework.conf": f'"INTERPRETER_WIN","{WINDOWS_PYTHON}"\r\n'.encode(),
    }
    assert done(outcome) == ["writes", "writes"]
    for words in ("Trusted Locations", "User StartUp", "Unblock", "start it again"):
        assert words in outcome.text


def test_on_a_mac_three_files_are_written(mac: Places, addin: Path, tmp_path: Path) -> None:
    outcome = install(place=mac, python=MAC_PYTHON, addin=addin)
    (script,) = xlwings_folder().glob("xlwings-*.applescript")
    office = "Library/Group Containers/UBF8T346G9.Office/User Content.localized"
    assert files_below(tmp_path / "home") == {
        f"{office}/Startup.localized/Excel/xlframework.xlam": built(),
        "Library/Containers/com.microsoft.Excel/Data/xlframework.conf": (
            f'"INTERPRETER_MAC","{MAC_PYTHON}"\r\n'.encode()
        ),
        f"Library/Application Scripts/com.microsoft.Excel/{script.name}": script.read_bytes(),
    }
    assert "Enable Macros" in outcome.text
    assert script.name == "xlwings-0.37.8.applescript"


def test_a_dry_run_shows_the_same_steps_and_takes_none(
    windows: Places, addin: Path, tmp_path: Path
) -> None:
    shown = install(dry_run=True, place=windows, python=WINDOWS_PYTHON, addin=addin)
    assert files_below(tmp_path / "home") == {}
    assert "nothing was" in shown.text
    taken = install(place=windows, python=WINDOWS_PYTHON, addin=addin)
    assert shown.data["steps"] == taken.data["steps"]


def test_installing_twice_changes_nothing(windows: Places, addin: Path) -> None:
    install(place=windows, python=WINDOWS_PYTHON, addin=addin)
    assert windows.startup is not None
    stamp = (windows.startup / "xlframework.xlam").stat().st_mtime_ns
    outcome = install(place=windows, python=WINDOWS_PYTHON, addin=addin)
    assert done(outcome) == ["keeps", "keeps"]
    assert "nothing to change" in outcome.text
    assert (windows.startup / "xlframework.xlam").stat().st_mtime_ns == stamp


def test_other_settings_are_kept_and_come_back_alone(
    windows: Places, addin: Path, tmp_path: Path
) -> None:
    assert windows.settings is not None
    windows.settings.parent.mkdir(parents=True)
    kept = b'"SHOW CONSOLE","False"\r\n"PYTHONPATH","C:\\More & caf\xe9"\r\n'
    windows.settings.write_bytes(b'"interpreter_win","C:\\old\\python.exe"\r\n' + kept)
    install(place=windows, python=WINDOWS_PYTHON, addin=addin)
    own = f'"INTERPRETER_WIN","{WINDOWS_PYTHON}"\r\n'.encode()
    assert windows.settings.read_bytes() == kept + own
    uninstall(place=windows)
    assert windows.settings.read_bytes() == kept
    assert list(files_below(tmp_path / "home")) == [".xlframework/xlframework.conf"]


def test_uninstalling_leaves_nothing_on_windows(
    windows: Places, addin: Path, tmp_path: Path
) -> None:
    install(place=windows, python=WINDOWS_PYTHON, addin=addin)
    shown = uninstall(dry_run=True, place=windows)
    assert len(files_below(tmp_path / "home")) == 2
    outcome = uninstall(place=windows)
    assert shown.data["steps"] == outcome.data["steps"]
    assert files_below(tmp_path / "home") == {}
    assert done(outcome) == ["removes", "removes"]
    assert done(uninstall(place=windows)) == ["keeps", "keeps"]


def test_uninstalling_on_a_mac_leaves_xlwings_script_to_others(
    mac: Places, addin: Path, tmp_path: Path
) -> None:
    install(place=mac, python=MAC_PYTHON, addin=addin)
    uninstall(place=mac)
    (left,) = files_below(tmp_path / "home")
    assert left.endswith(".applescript")


@pytest.mark.parametrize(
    "python", [r'C:\a"b\python.exe', r"C:\50%\python.exe", "C:\\Ł\\python.exe"]
)
def test_a_python_that_excel_could_not_start_is_refused_on_windows(
    python: str, windows: Places, addin: Path, tmp_path: Path
) -> None:
    with pytest.raises(MisuseError, match="Excel cannot start it from there because of the sign"):
        install(place=windows, python=python, addin=addin)
    assert files_below(tmp_path / "home") == {}


@pytest.mark.parametrize(
    "python", ["/Users/a b/python3", "/Users/a$b/python3", "/Users/o'b/python3"]
)
def test_a_python_that_excel_could_not_start_is_refused_on_a_mac(
    python: str, mac: Places, addin: Path
) -> None:
    with pytest.raises(MisuseError, match="Excel cannot start it from there because of the sign"):
        install(place=mac, python=python, addin=addin)


@pytest.mark.parametrize(
    "python", [r"C:\Program Files\Python & Co (x86)\python.exe", "C:\\Renée's\\python.exe"]
)
def test_spaces_brackets_and_accents_will_do_on_windows(
    python: str, windows: Places, addin: Path
) -> None:
    install(place=windows, python=python, addin=addin)
    assert windows.settings is not None
    assert setting(windows.settings.read_bytes().decode("cp1252"), "INTERPRETER_WIN") == python


def test_a_system_without_excel_is_refused_in_one_sentence(addin: Path, tmp_path: Path) -> None:
    elsewhere = places("other", tmp_path, {})
    with pytest.raises(MisuseError, match="There is no Excel for this system"):
        install(place=elsewhere, addin=addin)
    with pytest.raises(MisuseError, match="There is no Excel for this system"):
        uninstall(place=elsewhere)


def test_a_dry_run_without_excel_shows_what_would_be_done_where_it_is(
    addin: Path, tmp_path: Path
) -> None:
    elsewhere = places("other", tmp_path, {})
    shown = install(dry_run=True, place=elsewhere, addin=addin)
    assert r"write %APPDATA%\Microsoft\Excel\XLSTART\xlframework.xlam" in shown.text
    assert r"write %USERPROFILE%\.xlframework\xlframework.conf" in shown.text
    assert "Startup.localized/Excel/xlframework.xlam" in shown.text
    assert "Trusted Locations" in shown.text
    assert "Unblock" in shown.text
    listed = shown.data["elsewhere"]
    assert isinstance(listed, dict)
    assert {name: len(steps) for name, steps in listed.items()} == {"windows": 2, "mac": 3}
    gone = uninstall(dry_run=True, place=elsewhere)
    assert r"remove %APPDATA%\Microsoft\Excel\XLSTART\xlframework.xlam" in gone.text
    assert list(tmp_path.rglob("*")) == [addin.parent, addin]


def test_an_add_in_that_is_not_there_is_named(windows: Places, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match=r"gone\.xlam is missing"):
        install(place=windows, python=WINDOWS_PYTHON, addin=tmp_path / "gone.xlam")


def test_a_file_that_excel_holds_open_is_said_to_be_so(
    windows: Places, addin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(place=windows, python=WINDOWS_PYTHON, addin=addin)

    def held(_path: Path) -> None:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(MisuseError, match=r"cannot be removed: .*Close Excel and try again"):
        uninstall(place=windows)


def test_the_environment_of_windows_says_where_things_are(tmp_path: Path) -> None:
    known = {"APPDATA": "/r", "LOCALAPPDATA": "/l", "TEMP": "/t"}
    found = places("windows", tmp_path, known)
    assert found.startup == Path("/r/Microsoft/Excel/XLSTART")
    assert found.log == Path("/l/xlframework/xlframework.log")
    assert found.replies == Path("/t")
    assert found.settings == tmp_path / ".xlframework" / "xlframework.conf"


def test_settings_are_found_whatever_their_case_and_spaces() -> None:
    text = ' "Show Console" , "True"\n"A","b,c"\n\n'
    assert setting(text, "SHOW CONSOLE") == "True"
    assert setting(text, "A") == "b,c"
    assert setting(text, "B") is None
    assert without_setting(text, "show console") == '"A","b,c"\r\n'
    assert with_setting("", "A", "x") == '"A","x"\r\n'
