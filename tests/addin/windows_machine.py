"""A Windows PC, as far as the macros of the add-in touch one: files, variables, programs.

Emulated here, because pyOpenVBA leaves it to the machine: VBA's file statements, `Environ`,
and Windows' own `WScript.Shell`. A program that is started is started for real.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Listener
from pathlib import Path, PureWindowsPath

from excel_link import SOCKET, Request
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.apps.excel._model import Application
from pyopenvba.interpreter import EMPTY, MISSING, VBAArray, VBAInt, VBAObject, member, method
from pyopenvba.interpreter._values import error

from addin.com_server import ComServer
from addin.windows_command import CMD, Command, commands
from xlframework.addin.places import Places, places

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src"

_FILE_NOT_FOUND = 53
_DIRECTORY = 16
_VARIABLE = re.compile(r"%([^%]+)%")


@dataclass(slots=True)
class Machine:
    """A PC with one drive.

    Attributes:
        drive: the real folder that stands for `C:\\`.
        environment: the user's variables.
        programs: a program's path on the PC to the real one that stands for it.
        ran: the command lines that were run, as cmd.exe took them apart.
        server: Excel's end of COM, which answers a program that is run.
    """

    drive: Path
    environment: dict[str, str]
    programs: dict[str, str] = field(default_factory=dict)
    ran: list[Command] = field(default_factory=list)
    server: ComServer | None = None
    _files: dict[int, "_OpenFile"] = field(default_factory=dict)

    def real(self, path: str) -> Path:
        """Give the real file that stands for one of the PC.

        Raises:
            VBARuntimeError: for a path that is not on the drive.
        """
        windows = PureWindowsPath(path)
        if windows.drive.upper() != "C:" or not windows.root:
            raise error(_FILE_NOT_FOUND)
        return self.drive.joinpath(*windows.parts[1:])

    def with_variables(self, text: str) -> str:
        """Put the user's variables into a text, as `ExpandEnvironmentStrings` does."""
        known = {name.casefold(): value for name, value in self.environment.items()}
        return _VARIABLE.sub(lambda found: known.get(found[1].casefold(), found[0]), text)

    @property
    def places(self) -> Places:
        """The user's folders, as real ones."""
        known = {name: str(self.real(value)) for name, value in self.environment.items()}
        return places("windows", Path(known["USERPROFILE"]), known)

    # -- running programs

    def run(self, text: str) -> int:
        """Run a line of cmd.exe, the last command of it for real, and give its exit code."""
        folder, program = self.drive, Command("")
        for each in commands(text, self.environment):
            words = each.words
            if words[0].casefold() == "cd":
                folder = self.real(words[1])
            elif words != ["C:"]:
                program = each
        self.ran.append(program)
        return self._run(program, folder)

    def _run(self, program: Command, folder: Path) -> int:
        words = program.words
        assert program.errors is not None
        with (
            # A socket's name may not be long, as a test's own folder often is.
            tempfile.TemporaryDirectory(prefix="xl") as short,
            Listener(f"{short}/excel") as listener,
            self.real(program.errors).open("wb") as errors,
        ):
            threading.Thread(target=self._serve, args=(listener,), daemon=True).start()
            done = subprocess.run(
                [self.programs[words[0]], *words[1:]],
                cwd=folder,
                env=self._real_environment(f"{short}/excel"),
                stderr=errors,
                check=False,
                timeout=120,
            )
        return done.returncode

    def _real_environment(self, address: str) -> dict[str, str]:
        """Give the user's variables to a real program, with real folders in them."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        folders = {name: str(self.real(value)) for name, value in self.environment.items()}
        own = os.pathsep.join([str(HERE / "windows"), str(SOURCE)])
        home = {"HOME": folders["USERPROFILE"]}
        return {**kept, **folders, **home, "PYTHONPATH": own, SOCKET: address}

    def _serve(self, listener: Listener) -> None:
        assert self.server is not None
        try:
            with listener.accept() as connection:
                while True:
                    call = connection.recv()
                    assert isinstance(call, Request)
                    connection.send(self.server.answer(call))
        except (EOFError, OSError):
            return  # the program has ended, or never asked

    # -- VBA's file statements, as functions (see vba_files)

    def functions(self) -> Mapping[str, Callable[..., object]]:
        """Give what VBA asks of the machine, by the names that VBA knows it under."""
        return {
            "environ": self.environ,
            "freefile": lambda: VBAInt(max(self._files, default=0) + 1, "Integer"),
            "getattr": self._attributes,
            "eof": lambda number: self._files[int(number)].at_end,
            "lof": lambda number: VBAInt(len(self._files[int(number)].data), "Long"),
            "vbopen": self._open,
            "vbclose": self._close,
            "vblineinput": lambda number: self._files[int(number)].line(),
            "vbinput": lambda number: self._files[int(number)].entry(),
            "vbget": lambda number: self._files[int(number)].bytes(),
            "vbkill": self._kill,
        }

    def environ(self, name: object) -> str:
        """Give one variable, whatever case it is asked in; none is empty."""
        known = {each.casefold(): value for each, value in self.environment.items()}
        return known.get(str(name).casefold(), "")

    def _attributes(self, path: object) -> object:
        real = self.real(str(path))
        if not real.exists():
            raise error(_FILE_NOT_FOUND)
        return VBAInt(_DIRECTORY if real.is_dir() else 32, "Integer")

    def _open(self, path: object, _mode: object, number: object) -> object:
        real = self.real(str(path))
        if not real.is_file():
            raise error(_FILE_NOT_FOUND)
        self._files[int(str(number))] = _OpenFile(real.read_bytes())
        return EMPTY

    def _close(self, number: object) -> object:
        del self._files[int(str(number))]
        return EMPTY

    def _kill(self, path: object) -> object:
        real = self.real(str(path))
        if not real.is_file():
            raise error(_FILE_NOT_FOUND)
        real.unlink()
        return EMPTY


@dataclass(slots=True)
class _OpenFile:
    """A file that VBA has open for reading."""

    data: bytes
    place: int = 0

    @property
    def at_end(self) -> bool:
        return self.place >= len(self.data)

    def line(self) -> str:
        """Read up to the end of a line, in the code page of western Windows."""
        end = self.data.find(b"\n", self.place)
        stop = len(self.data) if end < 0 else end
        text = self.data[self.place : stop].decode("cp1252", "replace")
        self.place = stop + 1
        return text.removesuffix("\r")

    def entry(self) -> str:
        """Read up to the next comma or end of a line; quotes around it are left out."""
        found = re.compile(rb'\s*(?:"([^"]*)"|([^,\r\n]*))[ ]*(?:,|\r?\n|$)').match(
            self.data, self.place
        )
        assert found is not None
        self.place = found.end()
        return (found[1] if found[1] is not None else found[2]).decode("cp1252")

    def bytes(self) -> VBAArray:
        """Read everything."""
        items: list[object] = [VBAInt(byte, "Byte") for byte in self.data]
        return VBAArray([(0, len(items) - 1)], element_type="Byte", items=items)


class WScriptShell(VBAObject):
    """Windows' `WScript.Shell`."""

    vba_type_name = "IWshShell3"

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    @method
    def ExpandEnvironmentStrings(self, Src: object = MISSING) -> object:  # noqa: N802, N803 - Windows' own names
        return self.machine.with_variables(str(Src))

    @method
    def Run(  # noqa: N802 - Windows' own name
        self,
        Command: object = MISSING,  # noqa: N803 - likewise
        WindowStyle: object = MISSING,  # noqa: N803 - likewise
        Wait: object = MISSING,  # noqa: N803 - likewise
    ) -> object:
        assert WindowStyle == 0, "no black window is shown"
        assert Wait is True, "Excel waits for the reply"
        return VBAInt(self.machine.run(str(Command)), "Long")

    @member
    def CurrentDirectory(self) -> object:  # noqa: N802 - Windows' own name
        return "C:\\"


class WindowsBridge(ExcelBridge):
    """The Excel host with Windows around it."""

    def __init__(self, application: Application, machine: Machine) -> None:
        super().__init__(application)
        self.machine = machine

    def create(self, type_name_: str) -> object:
        """Make the one object of Windows' that the macros ask for."""
        if type_name_.casefold() == "wscript.shell":
            return WScriptShell(self.machine)
        return super().create(type_name_)


def user(drive: Path, name: str = "Alex Smith") -> Machine:
    """Make a PC with one user, whose folders exist."""
    home = f"C:\\Users\\{name}"
    environment = {
        "USERPROFILE": home,
        "APPDATA": f"{home}\\AppData\\Roaming",
        "LOCALAPPDATA": f"{home}\\AppData\\Local",
        "TEMP": f"{home}\\AppData\\Local\\Temp",
    }
    machine = Machine(drive, {**environment, "ComSpec": CMD})
    for folder in environment.values():
        machine.real(folder).mkdir(parents=True, exist_ok=True)
    return machine


def install_python(machine: Machine, folder: str) -> str:
    """Put a Python on the PC: this one, under a path of its own."""
    program = f"{folder}\\python.exe"
    machine.real(folder).mkdir(parents=True, exist_ok=True)
    machine.real(program).write_bytes(b"stands for a program")
    machine.programs[program] = sys.executable
    return program
