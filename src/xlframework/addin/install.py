"""`addin install` and `addin uninstall`: the add-in into Excel's start-up folder, and out of it."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from xlframework.addin.places import ADDIN, Places, Platform, places
from xlframework.addin.settings import (
    INTERPRETER,
    check_interpreter,
    read_settings,
    settings_bytes,
    with_setting,
    without_setting,
)
from xlframework.addin.source import read_borrowed, xlwings_folder
from xlframework.commands.outcome import Outcome
from xlframework.ground.errors import MisuseError
from xlframework.ground.shipped import addin_file, it_page
from xlframework.sheets.file_book import write_file

INSTALL = "addin install"
UNINSTALL = "addin uninstall"

_GONE = "Excel lets go of the tab Commissioning when it starts next."


class _Elsewhere(NamedTuple):
    """A system that Excel runs on, with signs in place of what only a user's machine knows."""

    name: str
    home: str
    known: Mapping[str, str]
    python: str
    separator: str


_ELSEWHERE: Mapping[Platform, _Elsewhere] = {
    "windows": _Elsewhere(
        "On Windows",
        "%USERPROFILE%",
        {name: f"%{name}%" for name in ("APPDATA", "LOCALAPPDATA", "TEMP")},
        "the python.exe that xlframework is installed in",
        "\\",
    ),
    "mac": _Elsewhere("On a Mac", "~", {}, "the python3 that xlframework is installed in", "/"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One file that is written or removed.

    Attributes:
        path: the file.
        data: what it holds then; None to remove it.
        what: what it is, for the person who reads along.
    """

    path: Path
    data: bytes | None
    what: str
    is_needed: bool = field(init=False)

    def __post_init__(self) -> None:
        """Find out whether the file is like that already."""
        held = self.path.read_bytes() if self.path.is_file() else None
        object.__setattr__(self, "is_needed", held != self.data)


def install(
    *,
    dry_run: bool = False,
    place: Places | None = None,
    python: str | None = None,
    addin: Path | None = None,
) -> Outcome:
    """Put the add-in where Excel loads it from, and tell it where Python is.

    Args:
        dry_run: whether to show the steps and take none.
        place: the user's folders; by default those of this machine.
        python: the Python that the buttons start; by default the one that runs this.
        addin: the add-in; by default the shipped one.

    Raises:
        MisuseError: if there is no Excel for this platform, or a file cannot be written.
    """
    where = place or places()
    if dry_run and where.startup is None:
        return _elsewhere(INSTALL, lambda other, name: _install_steps(other, name, addin))
    _startup(where)
    interpreter = python or sys.executable
    check_interpreter(interpreter, where.platform)
    steps = _install_steps(where, interpreter, addin)
    _take(steps, dry_run=dry_run)
    return _outcome(INSTALL, steps, _advice(where), dry_run=dry_run)


def _install_steps(where: Places, interpreter: str, addin: Path | None) -> list[Step]:
    text = read_settings(where.settings, where.platform) if where.settings else ""
    wanted = with_setting(text, INTERPRETER[where.platform], interpreter)
    steps = [
        Step(_startup(where) / ADDIN, _shipped(addin), "the add-in"),
        Step(_settings(where), settings_bytes(wanted, where.platform), f"Python: {interpreter}"),
    ]
    if where.scripts is not None:
        steps.append(Step(_script(where.scripts), _script_bytes(), "xlwings' script for the Mac"))
    return steps


def uninstall(*, dry_run: bool = False, place: Places | None = None) -> Outcome:
    """Take the add-in out again, with the setting that install wrote.

    Args:
        dry_run: whether to show the steps and take none.
        place: the user's folders; by default those of this machine.

    Raises:
        MisuseError: if there is no Excel for this platform, or a file cannot be removed.
    """
    where = place or places()
    if dry_run and where.startup is None:
        return _elsewhere(UNINSTALL, lambda other, _: _uninstall_steps(other))
    steps = _uninstall_steps(where)
    _take(steps, dry_run=dry_run)
    return _outcome(UNINSTALL, steps, _GONE, dry_run=dry_run)


def _uninstall_steps(where: Places) -> list[Step]:
    startup, settings = _startup(where), _settings(where)
    left = without_setting(read_settings(settings, where.platform), INTERPRETER[where.platform])
    kept = settings_bytes(left, where.platform) if left else None
    return [
        Step(startup / ADDIN, None, "the add-in"),
        # xlwings' script for the Mac stays: other workbooks may need it.
        Step(settings, kept, "where Python is"),
    ]


def _startup(where: Places) -> Path:
    if where.startup is None:
        raise MisuseError(
            "There is no Excel for this system, so there is nowhere to install the add-in; run "
            "this on the Windows PC or the Mac where Excel is."
        )
    return where.startup


def _settings(where: Places) -> Path:
    if where.settings is None:
        raise MisuseError("There is no Excel for this system, so it has no settings.")
    return where.settings


def _shipped(addin: Path | None) -> bytes:
    path = addin or addin_file()
    if not path.is_file():
        raise MisuseError(f"{path} is missing; install xlframework again, or run addin build.")
    return path.read_bytes()


def _script(folder: Path) -> Path:
    # The add-in asks for its own release's script by name.
    return folder / f"xlwings-{read_borrowed().release}.applescript"


def _script_bytes() -> bytes:
    folder = xlwings_folder()
    found = sorted(folder.glob("xlwings-*.applescript"))
    if len(found) != 1:
        raise MisuseError(
            f"{folder} does not hold xlwings' script for the Mac; install xlwings again."
        )
    return found[0].read_bytes()


def _take(steps: Sequence[Step], *, dry_run: bool) -> None:
    for step in steps:
        if dry_run or not step.is_needed:
            continue
        if step.data is not None:
            write_file(step.data, step.path)
            continue
        try:
            step.path.unlink()
        except OSError as error:
            raise MisuseError(
                f"{step.path} cannot be removed: {error.strerror or error}. Close Excel and try "
                "again."
            ) from error


def _elsewhere(command: str, plan: Callable[[Places, str], Sequence[Step]]) -> Outcome:
    """Show what is done where there is an Excel, for whoever prepares such a computer."""
    texts, listed = ["There is no Excel for this system, so nothing would be done here."], {}
    for platform, other in _ELSEWHERE.items():
        where = places(platform, Path(other.home), other.known)

        def spell(path: Path, separator: str = other.separator) -> str:
            return str(path).replace("/", separator)

        steps = plan(where, other.python)
        lines = [f"  {_verb(step)} {spell(step.path)} ({step.what})" for step in steps]
        advice = _advice(where, spell) if command == INSTALL else _GONE
        texts.append("\n".join([f"{other.name} it would:", *lines, "", advice]))
        listed[platform] = [
            {"file": spell(step.path), "does": f"{_verb(step)}s", "what": step.what}
            for step in steps
        ]
    data = {"dry_run": True, "steps": [], "elsewhere": listed}
    return Outcome(command, "\n\n".join(texts), (), data)


def _verb(step: Step) -> str:
    return "remove" if step.data is None else "write"


def _outcome(command: str, steps: Sequence[Step], advice: str, *, dry_run: bool) -> Outcome:
    lines = [f"  {_said(step, dry_run=dry_run)}" for step in steps]
    heading = "This would be done; nothing was:" if dry_run else "Done:"
    if not any(step.is_needed for step in steps):
        heading = "Everything is like that already; nothing to change:"
    listed = [
        {
            "file": str(step.path),
            "does": ("removes" if step.data is None else "writes") if step.is_needed else "keeps",
            "what": step.what,
        }
        for step in steps
    ]
    text = "\n".join([heading, *lines, "", advice])
    return Outcome(command, text, (), {"dry_run": dry_run, "steps": listed})


def _said(step: Step, *, dry_run: bool) -> str:
    path = str(step.path)
    if not step.is_needed:
        return f"{path} stays as it is ({step.what})"
    verb = _verb(step)
    done = verb if dry_run else {"remove": "removed", "write": "written"}[verb]
    return f"{done} {path} ({step.what})" if dry_run else f"{path} {done} ({step.what})"


def _advice(where: Places, spell: Callable[[Path], str] = str) -> str:
    startup = spell(_startup(where))
    target = spell(_startup(where) / ADDIN)
    if where.platform == "mac":
        return (
            "Close Excel and start it again: the tab Commissioning is there.\n"
            "If Excel asks, press Enable Macros. At the first button your Mac asks whether Excel\n"
            "may control other programs and open files: press OK. If you said no by mistake:\n"
            "System Settings, Privacy & Security, Automation."
        )
    return (
        "Close Excel and start it again: the tab Commissioning is there.\n\n"
        "If the tab is not there, Excel may not trust the folder it starts from. Look under File,\n"
        "Options, Trust Center, Trust Center Settings, Trusted Locations: it lists\n"
        f"  {startup}\n"
        "as User StartUp. If it does not, or if trusted locations are switched off for you, ask\n"
        "your IT department to add it; what they will want to know stands in\n"
        f"  {it_page()}\n\n"
        "If Excel says that it has blocked macros because their source is untrusted, the file\n"
        "carries the mark of a download. Close Excel and take it off: right-click\n"
        f"  {target}\n"
        "choose Properties, tick Unblock, press OK. Or in PowerShell:\n"
        f"  Unblock-File '{target}'"
    )
