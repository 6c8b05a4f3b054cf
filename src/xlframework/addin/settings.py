"""The user's settings file, as the add-in reads it: a line for each, name and value in quotes."""

import re
from pathlib import Path

from xlframework.addin.places import Platform
from xlframework.ground.errors import MisuseError

INTERPRETER = {"windows": "INTERPRETER_WIN", "mac": "INTERPRETER_MAC"}

# VBA reads a text file in the machine's own encoding: these are those of western Europe.
_ENCODINGS = {"windows": "cp1252", "mac": "mac_roman"}

# What a command line takes for nothing else than a part of a path. On a Mac xlwings puts no
# quotes around it, so that not even a space will do.
_FIT = {"windows": re.compile(r'[^"%\x00-\x1f]'), "mac": re.compile(r"[\w/.+@-]")}


def with_setting(text: str, name: str, value: str) -> str:
    """Give the file with one setting in it, all others kept as they stand."""
    return without_setting(text, name) + f'"{name}","{value}"\r\n'


def without_setting(text: str, name: str) -> str:
    """Give the file without one setting."""
    lines = [line for line in text.splitlines() if line.strip() and _name(line) != name.casefold()]
    return "".join(f"{line}\r\n" for line in lines)


def setting(text: str, name: str) -> str | None:
    """Read one setting."""
    for line in text.splitlines():
        if _name(line) == name.casefold():
            return line.partition(",")[2].strip().strip('"')
    return None


def _name(line: str) -> str:
    return line.partition(",")[0].strip().strip('"').casefold()


def check_interpreter(path: str, platform: Platform) -> None:
    """Refuse a path that could not be handed over from Excel as it is.

    Raises:
        MisuseError: if it has a sign that VBA or a command line would change.
    """
    encoding = _ENCODINGS[platform]
    unfit = [
        sign
        for sign in path
        if not _FIT[platform].match(sign) or not sign.encode(encoding, "ignore")
    ]
    if unfit:
        raise MisuseError(
            f"Python is at {path}, and Excel cannot start it from there because of the sign "
            f"{unfit[0]!r}; install Python and xlframework in a folder with a plain name, and run "
            "addin install from that Python."
        )


def read_settings(path: Path, platform: Platform) -> str:
    """Read the file; no file is an empty one.

    Raises:
        MisuseError: if it may not be read.
    """
    try:
        return path.read_bytes().decode(_ENCODINGS[platform], "replace") if path.exists() else ""
    except OSError as error:
        raise MisuseError(f"{path} cannot be read: {error.strerror or error}.") from error


def settings_bytes(text: str, platform: Platform) -> bytes:
    """Encode the file as VBA reads it."""
    return text.encode(_ENCODINGS[platform], "replace")
