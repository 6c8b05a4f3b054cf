"""On a Mac, as far as it goes without one: what Excel hands to xlwings' script, read by a shell.

Emulated: VBA's `MacScript`, `Dir` and `AppleScriptTask`, and the few lines of the script that
put the command together. The shell that takes it apart is a real one. What Python does then
is not run here; there is no Mac to run it on.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyopenvba.interpreter import _preprocess

from addin import office
from addin.making import built
from addin.windows_machine import Machine
from builders import ROOT
from xlframework.addin.source import xlwings_folder

HOME = "/Users/alex/Library/Containers/com.microsoft.Excel/Data"


class Mac(Machine):
    """A Mac: VBA's ways to the system, and what they were asked."""

    def __init__(self, drive: Path) -> None:
        super().__init__(drive, {"HOME": HOME})
        self.tasks: list[tuple[str, str, str]] = []

    def real(self, path: str) -> Path:
        return self.drive / path.lstrip("/")

    def functions(self) -> dict[str, Callable[..., object]]:
        own: dict[str, Callable[..., object]] = {
            "macscript": self.script,
            "dir": lambda path, _kind: (
                Path(str(path)).name if self.real(str(path)).exists() else ""
            ),
            "applescripttask": self.task,
        }
        return {**super().functions(), **own}

    def script(self, text: object) -> str:
        """Answer the scripts that xlwings' VBA runs: the home folder, and a path as it is."""
        if "home folder" in str(text):
            return HOME
        found = re.fullmatch(r'[^"]*"([^"]*)"\)? as string', str(text))
        assert found is not None, text
        return found[1]

    def task(self, script: object, handler: object, parameter: object) -> str:
        self.tasks.append((str(script), str(handler), str(parameter)))
        return "0"


@pytest.fixture
def mac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mac:
    for name, value in {"Mac": True, "Win32": False, "Win64": False, "MacOffice16": True}.items():
        monkeypatch.setitem(_preprocess.DEFAULT_CONSTANTS, name, value)
    machine = Mac(tmp_path / "disk")
    settings = machine.real(f"{HOME}/xlframework.conf")
    settings.parent.mkdir(parents=True)
    settings.write_bytes(b'"INTERPRETER_MAC","/Users/alex/xlf/bin/python3"\r\n')
    return machine


def started(mac: Mac, tmp_path: Path, name: str) -> office.Office:
    addin = tmp_path / "xlframework.xlam"
    addin.write_bytes(built())
    found = office.start(mac, addin)
    workbook = tmp_path / name
    workbook.write_bytes((ROOT / "workbook" / "commissioning.xlsx").read_bytes())
    found.excel.open_workbook(workbook)
    return found


def as_the_script_puts_it(parameter: str) -> str:
    """Put the command together as xlwings' script does; its lines are compared below."""
    path, python, command, workbook, application, log = parameter.split("|")
    return (
        f'{python} -B -u -W ignore -c "import xlwings.utils;'
        f'xlwings.utils.prepare_sys_path(\'{path}\');{command} " "--wb={workbook}" '
        f'"--from_xl=1" "--app={application}" > /dev/null 2>"{log}" & '
    )


def test_the_scripts_own_lines_are_the_ones_that_are_emulated() -> None:
    (script,) = xlwings_folder().glob("xlwings-*.applescript")
    text = script.read_text(encoding="utf-8")
    assert "set {PYTHONPATH, PythonInterpreter, PythonCommand, WorkbookName, ApplicationFul" in text
    assert (
        'PythonInterpreter & " -B -u -W ignore -c \\"import xlwings.utils;'
        'xlwings.utils.prepare_sys_path(\'" & PYTHONPATH & "\');" & ' in text
    )
    assert 'PythonCommand & " \\" \\"--wb=" & WorkbookName & "\\" \\"--from_xl=1\\" ' in text


@pytest.mark.parametrize("name", ["budget.xlsx", "PCC's budget & plan; (final) é.xlsx"])
def test_a_shell_reads_the_command_as_it_was_meant(name: str, mac: Mac, tmp_path: Path) -> None:
    found = started(mac, tmp_path, name)
    found.press("Refresh")
    assert found.shown == []
    ((script, handler, parameter),) = mac.tasks
    assert script == "xlwings-0.37.8.applescript"
    assert handler == "VbaHandler"
    line = as_the_script_puts_it(parameter)
    log = line.rpartition('2>"')[2].partition('"')[0]
    assert log == f"{HOME}/xlwings.log"
    words = words_of(line.replace(log, str(tmp_path / "log")), tmp_path)
    assert words[:5] == ["-B", "-u", "-W", "ignore", "-c"]
    assert words[5].startswith(
        "import xlwings.utils;xlwings.utils.prepare_sys_path('false;;;;;;;');"
    )
    assert "from xlframework.addin.desktop import press; press('refresh', 'mac-" in words[5]
    assert words[6:8] == [f"--wb={name}", "--from_xl=1"]
    assert str(tmp_path) not in words[5]


def words_of(line: str, folder: Path) -> list[str]:
    """Have a real shell take the line apart, with a Python that only writes down its words."""
    witness, python = folder / "words.json", folder / "python"
    python.write_text(
        f"#!{sys.executable}\nimport json, sys, pathlib\n"
        f"pathlib.Path({str(witness)!r}).write_text(json.dumps(sys.argv[1:]))\n",
        encoding="utf-8",
    )
    python.chmod(0o755)
    shown = line.replace("/Users/alex/xlf/bin/python3", str(python))
    subprocess.run(["/bin/sh", "-c", f"{shown} wait"], check=True, timeout=30)
    found: list[str] = json.loads(witness.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("sign", ["$(id)", "`id`", "a|b", '"', "\\", "a=b", "50%"])
def test_a_name_that_a_shell_would_act_on_is_refused(sign: str, mac: Mac, tmp_path: Path) -> None:
    found = started(mac, tmp_path, "budget.xlsx")
    found.excel.workbook.name = f"budget {sign}.xlsx"
    found.press("Refresh")
    assert mac.tasks == []
    (said,) = found.shown
    assert "has one of the signs" in said
