"""Opens a commissioning workbook with everything that a command needs to know about it."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xlframework.appendix.layout import Layout
from xlframework.appendix.read_layout import read_layout
from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue, read_catalogue
from xlframework.model.councils import Councils, read_councils
from xlframework.model.names import Names, read_names
from xlframework.model.workbook import WorkbookSpec, read_workbook_spec
from xlframework.sheets.package.container import file_bytes, read_package
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Book, Package
from xlframework.sheets.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Declared:
    """What `templates/` declares.

    Attributes:
        workbook: the sheets, tables and named cells.
        catalogue: the rules.
        names: which columns hold names, and what tells two names apart.
        councils: the councils that exist.
        folder: the folder given with `--templates`, for layouts.
    """

    workbook: WorkbookSpec
    catalogue: Catalogue
    names: Names
    councils: Councils
    folder: Path | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook file as it was read.

    Attributes:
        path: where it lies.
        data: its bytes.
        package: its parts.
        book: its contents.
    """

    path: Path
    data: bytes
    package: Package
    book: Book

    @property
    def sha256(self) -> str:
        """The fingerprint of the file, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def read_declared(templates: Path | None) -> Declared:
    """Read the declarations that every command needs."""
    return Declared(
        workbook=read_workbook_spec(templates),
        catalogue=read_catalogue(templates),
        names=read_names(templates),
        councils=read_councils(templates),
        folder=templates,
    )


def open_workbook(path: Path) -> Opened:
    """Read a workbook file whole.

    Raises:
        UnreadableFileError: if it is no workbook that can be read.
        UnsafeFileError: if it is not safe to read.
    """
    data = file_bytes(path)
    package = read_package(data, str(path))
    return Opened(path, data, package, read_book(package))


def split_names(text: str) -> tuple[str, ...]:
    """Take a cell of several names apart, at commas, semicolons and line breaks."""
    names = (name.strip() for name in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(name for name in names if name))


def _clash(layout: Layout, others: Sequence[Layout]) -> Layout | None:
    """Find a layout that would make a sheet or a table of the same name."""
    for other in others:
        same_sheet = other.sheet.casefold() == layout.sheet.casefold()
        if same_sheet or other.table_name.casefold() == layout.table_name.casefold():
            return other
    return None


def layouts_in_use(
    snapshot: Snapshot, declared: Declared
) -> tuple[tuple[Layout, ...], tuple[Finding, ...]]:
    """Read the layouts that the Cover names, and say which of them do not exist."""
    place = snapshot.setting_place("Layouts")
    layouts: list[Layout] = []
    findings: list[Finding] = []
    for name in split_names(snapshot.setting("Layouts")):
        layout = read_layout(name, declared.folder)
        other = _clash(layout, layouts) if layout is not None else None
        if layout is None:
            message = f"there is no layout named {name!r}"
            finding = declared.catalogue.finding("layout-unknown", place, message, found=name)
            findings.append(finding)
        elif other is not None:
            shared = f"sheet {layout.sheet}"
            if other.sheet.casefold() != layout.sheet.casefold():
                shared = f"table {layout.table_name}"
            message = f"the layouts {other.name} and {name} both want the {shared}"
            finding = declared.catalogue.finding("layout-clash", place, message, found=name)
            findings.append(finding)
        else:
            layouts.append(layout)
    return tuple(layouts), tuple(findings)
