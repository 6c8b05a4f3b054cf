"""Finds the files that partners sent, in the folders and among the files that a person names."""

import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlframework.ground.errors import MisuseError
from xlframework.sheets.package.container import is_packed_by_us

# What people send as a return, in a form that can be read or not. Letters (Word, PDF) come
# with returns and are none.
_ENDINGS = frozenset(
    {
        ".xlsx",
        ".xlsm",
        ".xltx",
        ".xltm",
        ".xlsb",
        ".xls",
        ".xlt",
        ".ods",
        ".ots",
        ".fods",
        ".csv",
        ".tsv",
        ".numbers",
    }
)
MARKED = ".checked.xlsx"

# Excel lays such a file beside a workbook that somebody has open.
_OWNER = "~$"


@dataclass(frozen=True, slots=True)
class Submitted:
    """What there is to check.

    Attributes:
        files: the files, each once: those of a folder by name, folder by folder.
        passed_over: files in a folder that were not sent as a return.
        marked: marked copies of ours that nobody has changed since.
    """

    files: tuple[Path, ...]
    passed_over: tuple[Path, ...] = ()
    marked: tuple[Path, ...] = ()


def find_submitted(paths: Sequence[Path], ours: Iterable[Path] = ()) -> Submitted:
    """Find the files to check.

    Args:
        paths: files, which are checked whatever they are called, and folders, which are
            searched with everything in them. A file that is missing is kept, so that the
            result says so.
        ours: files that belong to the team: the commissioning workbook, the report.

    Raises:
        MisuseError: if nothing of what is named is there, or the folders hold no return.
    """
    there = [path for path in paths if _exists(path)]
    if not there:
        named = ", ".join(str(path) for path in paths) or "nothing"
        raise MisuseError(f"There is nothing to check: {named} was not found; check the names.")
    own = {_real(path) for path in ours}
    files: dict[str, Path] = {}
    passed_over: dict[str, Path] = {}
    marked: dict[str, Path] = {}
    for path in paths:
        if not path.is_dir():
            files.setdefault(_real(path), path)
            continue
        for found in _in_folder(path):
            real = _real(found)
            if real in own:
                continue
            if found.name.lower().endswith(MARKED) and is_marked_copy(found):
                marked.setdefault(real, found)
            elif found.suffix.lower() in _ENDINGS:
                files.setdefault(real, found)
            else:
                passed_over.setdefault(real, found)
    if not files:
        named = ", ".join(str(path) for path in paths)
        others = f" ({len(passed_over) + len(marked)} other files)" if passed_over or marked else ""
        raise MisuseError(
            f"{named} holds no return{others}; name the folder that the returns are in."
        )
    others_only = tuple(path for real, path in passed_over.items() if real not in files)
    return Submitted(tuple(files.values()), others_only, tuple(marked.values()))


def is_marked_copy(path: Path) -> bool:
    """Tell whether a file is a marked copy as we wrote it, not one that somebody saved again."""
    try:
        with zipfile.ZipFile(path) as archive:
            return is_packed_by_us(archive)
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _real(path: Path) -> str:
    """Tell files apart: two names of one file are one."""
    return os.path.realpath(path)


def _in_folder(folder: Path) -> Iterator[Path]:
    """Give the files of a folder and then of the folders in it, by name; hidden ones are none."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in sorted(names):
            path = Path(where) / name
            if not _is_hidden(name) and path.is_file():
                yield path


def _is_hidden(name: str) -> bool:
    """Tell whether a system or Excel made the file for itself; two dots are somebody's slip."""
    return name.startswith(_OWNER) or (name.startswith(".") and not name.startswith(".."))
