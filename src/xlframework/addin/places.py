"""Where the add-in's files lie on a machine: start-up folder, settings, log, replies."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Platform = Literal["windows", "mac", "other"]

ADDIN = "xlframework.xlam"

# xlwings' custom add-in module names its settings file and folder after the project.
PROJECT = "xlframework"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one user on one machine.

    Attributes:
        platform: what decides where they are.
        startup: the folder whose workbooks Excel opens when it starts; None on a platform
            that has no Excel.
        settings: the user's settings file, which the add-in reads.
        scripts: on a Mac the folder of the scripts that Excel may run; else None.
        log: the file that a bug is written to.
        replies: the folder in which Python leaves a reply for VBA.
    """

    platform: Platform
    startup: Path | None
    settings: Path | None
    scripts: Path | None
    log: Path
    replies: Path


def this_platform() -> Platform:
    """Tell Windows and Mac from everything else, which has no Excel."""
    if sys.platform.startswith("win"):
        return "windows"
    return "mac" if sys.platform == "darwin" else "other"


def places(
    platform: Platform | None = None,
    home: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Places:
    """Give the places of the user who runs this.

    Args:
        platform: by default that of this machine.
        home: by default the user's own folder.
        environment: by default that of this process.
    """
    kind = platform or this_platform()
    folder = home or Path.home()
    known = os.environ if environment is None else environment
    if kind == "windows":
        return _on_windows(folder, known)
    if kind == "mac":
        return _on_mac(folder, known)
    state = Path(known.get("XDG_STATE_HOME") or folder / ".local" / "state")
    log = state / PROJECT / f"{PROJECT}.log"
    return Places(kind, None, None, None, log, _temporary(known, "TMPDIR", Path("/tmp")))  # noqa: S108 - the folder that every such system has


def _on_windows(home: Path, known: Mapping[str, str]) -> Places:
    roaming = Path(known.get("APPDATA") or home / "AppData" / "Roaming")
    local = Path(known.get("LOCALAPPDATA") or home / "AppData" / "Local")
    return Places(
        "windows",
        roaming / "Microsoft" / "Excel" / "XLSTART",
        home / f".{PROJECT}" / f"{PROJECT}.conf",
        None,
        local / PROJECT / f"{PROJECT}.log",
        _temporary(known, "TEMP", local / "Temp"),
    )


def _on_mac(home: Path, known: Mapping[str, str]) -> Places:
    library = home / "Library"
    office = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
    return Places(
        "mac",
        office / "Startup.localized" / "Excel",
        # Excel on a Mac is kept in a box of its own, and this is the box's home folder.
        library / "Containers" / "com.microsoft.Excel" / "Data" / f"{PROJECT}.conf",
        library / "Application Scripts" / "com.microsoft.Excel",
        library / "Logs" / PROJECT / f"{PROJECT}.log",
        _temporary(known, "TMPDIR", Path("/tmp")),  # noqa: S108 - the folder that every Mac has
    )


def _temporary(known: Mapping[str, str], name: str, default: Path) -> Path:
    return Path(known.get(name) or default)


def log_file() -> Path:
    """Give the file that a bug is written to, for this user on this machine."""
    return places().log
