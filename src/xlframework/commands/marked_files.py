"""Names and writes marked copies: flat in one folder, and never over anything else."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from xlframework.commands.submitted import MARKED, is_marked_copy
from xlframework.ground.errors import MisuseError
from xlframework.sheets.file_book import write_file

# What every file system takes for one name, in bytes.
_LONGEST_NAME = 240


@dataclass(slots=True)
class MarkedFolder:
    """A folder that marked copies are written to, one after the other.

    Attributes:
        folder: where.
        submitted: the files that were sent, which nothing may replace.
        taken: the names that have been given, folded.
        names: the copy of each submitted file.
    """

    folder: Path
    submitted: frozenset[str]
    taken: set[str] = field(default_factory=set)
    names: dict[str, Path] = field(default_factory=dict)

    def write(self, file: Path, data: bytes) -> Path:
        """Write the marked copy of a file; the second one of a file replaces the first.

        Raises:
            MisuseError: if it cannot be written.
        """
        path = self.names.get(str(file)) or self.folder / self._name(file)
        write_file(data, path)
        self.names[str(file)] = path
        return path

    def _name(self, file: Path) -> str:
        """Choose a name: `<stem>.checked.xlsx`, with a number where it is taken already."""
        number = 1
        while True:
            end = MARKED if number == 1 else f"-{number}{MARKED}"
            name = f"{_shortened(file.stem, _LONGEST_NAME - len(end))}{end}"
            folded = normalize("NFC", name).casefold()
            if folded not in self.taken and self._is_free(self.folder / name):
                self.taken.add(folded)
                return name
            number += 1

    def _is_free(self, path: Path) -> bool:
        """Tell whether nothing stands there but an earlier marked copy that nobody has touched."""
        if path.is_symlink() or os.path.realpath(path) in self.submitted:
            return False
        return not path.exists() or is_marked_copy(path)


def open_marked_folder(folder: Path, submitted: Iterable[Path]) -> MarkedFolder:
    """Make the folder where it is not there yet.

    Raises:
        MisuseError: if it cannot be written to.
    """
    if folder.exists() and not folder.is_dir():
        raise MisuseError(f"--annotate names {folder}, which is a file; name a folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MisuseError(f"--annotate: {folder} cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK):
        raise MisuseError(f"--annotate: {folder} is closed to you; name another folder.")
    return MarkedFolder(folder, frozenset(os.path.realpath(path) for path in submitted))


def _shortened(stem: str, most: int) -> str:
    """Cut a long name at a whole letter."""
    return (
        os.fsencode(stem)[:most].decode(errors="ignore") if len(os.fsencode(stem)) > most else stem
    )
