"""The texts that the add-in is made of: our VBA, xlwings' with the declared changes, the parts."""

import importlib.util
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xlframework.ground.errors import DeclarationError, MisuseError
from xlframework.ground.shipped import addin_source
from xlframework.model.declarations import Declaration, read_declaration

BORROWED = "xlwings.toml"
RIBBON = "customUI14.xml"
RIBBON_PART = "customUI/customUI14.xml"

_PARTS = "package"
_EXPORT_HEADER = re.compile(r"\AVERSION [^\n]*CLASS\n.*?\nEND\n", re.DOTALL)
_NAME = re.compile(r'^Attribute VB_Name = "(\w+)"$', re.MULTILINE)
_BASE = "Attribute VB_Base = "
_CLASS_BASE = f'{_BASE}"0{{FCFB3D2A-A0FA-1068-A738-08002B3371B5}}"'
_UNSAID = re.compile(
    r"^([ ]*)(?:Public (?=Declare|Function))?(?=(?:Declare|Function|Sub)\b)", re.MULTILINE
)
_XLWINGS_VERSION = re.compile(r'^Public Const XLWINGS_VERSION As String = "([^"]+)"$', re.MULTILINE)

Kind = Literal["standard", "class", "document"]


class Change(Declaration, frozen=True):
    """A text that is put in place of another in a borrowed module.

    Attributes:
        why: the reason.
        find: the text, which must stand in the module exactly once.
        replace: what takes its place.
    """

    why: str
    find: str
    replace: str


class Borrowed(Declaration, frozen=True):
    """A VBA module taken from the installed xlwings package.

    Attributes:
        name: its name in the add-in.
        file: where it lies in the package.
        private: whether its procedures are made private, but for each `Public Sub`, so that
            no formula in a cell can call any.
        change: what is changed in it.
    """

    name: str
    file: str
    private: bool = False
    change: list[Change] = []  # noqa: RUF012 - msgspec copies it for every record


class BorrowedModules(Declaration, frozen=True):
    """What `workbook/addin/xlwings.toml` declares.

    Attributes:
        release: of xlwings, which somebody looked at with these changes in mind.
        module: what is taken of it.
    """

    release: str
    module: list[Borrowed]


@dataclass(frozen=True, slots=True)
class Module:
    """One VBA module.

    Attributes:
        name: its name in the project.
        kind: standard, class, or document: the code of the workbook or a sheet.
        text: what the module holds, attributes first, lines ending in line feeds.
    """

    name: str
    kind: Kind
    text: str

    @property
    def stored(self) -> str:
        """The text as VBA keeps it, lines ending in carriage return and line feed."""
        return self.text.replace("\n", "\r\n")


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that the add-in is built from.

    Attributes:
        modules: the VBA, documents first, in the order of the project.
        parts: the other parts by their names, the ribbon's among them.
    """

    modules: tuple[Module, ...]
    parts: Mapping[str, bytes]


def read_sources(
    folder: Path | None = None, xlwings: Path | None = None, *, borrowed: bool = True
) -> Sources:
    """Read everything that the add-in is built from.

    Args:
        folder: the texts; by default the shipped ones.
        xlwings: the package to borrow from; by default the installed one.
        borrowed: whether to read what is borrowed too.

    Raises:
        DeclarationError: if a text is missing or says something that cannot be built.
        MisuseError: if xlwings is not installed, or in another release than the declared one.
    """
    base = folder or addin_source()
    modules = list(_own_modules(base))
    if borrowed:
        modules += _borrowed_modules(base, xlwings or xlwings_folder())
    order = {"document": 0, "standard": 1, "class": 2}
    # The workbook's own module stands first, as Excel has it.
    modules.sort(
        key=lambda module: (module.name != "ThisWorkbook", order[module.kind], module.name)
    )
    return Sources(tuple(modules), dict(_parts(base)))


def read_borrowed(folder: Path | None = None) -> BorrowedModules:
    """Read what is declared to be taken from xlwings.

    Raises:
        DeclarationError: if the declaration is missing or cannot be followed.
    """
    return read_declaration((folder or addin_source()) / BORROWED, BorrowedModules)


def xlwings_folder() -> Path:
    """Find the installed xlwings package without loading it.

    Raises:
        MisuseError: if it is not installed.
    """
    found = importlib.util.find_spec("xlwings")
    if found is None or not found.submodule_search_locations:
        raise MisuseError(
            "The add-in is built from xlwings' VBA, and xlwings is not installed here; type: "
            "pip install 'xlframework[addin]'"
        )
    return Path(found.submodule_search_locations[0])


def refuse_other_release(declared: BorrowedModules, xlwings: Path) -> None:
    """Refuse to take VBA from a release of xlwings that nobody has looked at.

    Raises:
        MisuseError: if the release differs from the declared one.
    """
    text = read_text(xlwings / declared.module[0].file)
    found = _XLWINGS_VERSION.search(text)
    release = found[1] if found else "unknown"
    if release != declared.release:
        raise MisuseError(
            f"The add-in is built from the VBA of xlwings {declared.release}, and {release} is "
            "installed here; type: pip install 'xlframework[addin]'"
        )


def read_text(path: Path) -> str:
    """Read a text of VBA, which is ASCII: VBA's own encoding differs between machines.

    Raises:
        DeclarationError: if it is missing or holds another sign.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DeclarationError(f"{path} cannot be read: {error.strerror}.") from error
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.isascii():
            raise DeclarationError(
                f"{path}, line {number}: VBA is kept in ASCII, so that it reads the same on every "
                "machine; write the sign in words, or as ChrW(...)."
            )
    return text


def _own_modules(base: Path) -> Iterator[Module]:
    paths = sorted([*base.glob("*.bas"), *base.glob("*.cls")])
    if not paths:
        raise DeclarationError(f"{base} holds no VBA; restore the folder.")
    for path in paths:
        module = _module(path, read_text(path))
        if module.name != path.stem:
            raise DeclarationError(
                f"{path}: the module calls itself {module.name}; give the file the same name."
            )
        yield module


def _borrowed_modules(base: Path, xlwings: Path) -> Iterator[Module]:
    declared = read_borrowed(base)
    refuse_other_release(declared, xlwings)
    for borrowed in declared.module:
        path = xlwings / borrowed.file
        text = read_text(path)
        for change in borrowed.change:
            text = _changed(text, change, path, base / BORROWED)
        if borrowed.private:
            text = made_private(text)
        module = _module(path, text)
        if module.name != borrowed.name:
            raise DeclarationError(
                f"{base / BORROWED}: {path.name} is the module {module.name}, not {borrowed.name}."
            )
        yield module


def _changed(text: str, change: Change, path: Path, declared: Path) -> str:
    found = text.count(change.find)
    if found != 1:
        first = change.find.strip().split("\n")[0].strip()
        raise DeclarationError(
            f"{declared}: the text that begins {first!r} stands {found} times in {path.name} of "
            "the installed xlwings, and not once. Compare the two and put the change right: "
            f"{' '.join(change.why.split())}"
        )
    return text.replace(change.find, change.replace)


def made_private(text: str) -> str:
    """Make a standard module's procedures private, but for a Sub that says Public.

    VBA holds a procedure that says nothing for public, and a cell can call a public function.
    """
    return _UNSAID.sub(r"\1Private ", text)


def _module(path: Path, text: str) -> Module:
    body = _EXPORT_HEADER.sub("", text)
    name = _NAME.search(body)
    if name is None:
        raise DeclarationError(f'{path}: the line Attribute VB_Name = "..." is missing; add it.')
    if path.suffix == ".bas":
        return Module(name[1], "standard", body)
    if _BASE in body:
        return Module(name[1], "document", body)
    # A class that was exported lacks the line that makes it one in a project.
    return Module(name[1], "class", body.replace(name[0], f"{name[0]}\n{_CLASS_BASE}", 1))


def _parts(base: Path) -> Iterator[tuple[str, bytes]]:
    folder = base / _PARTS
    found = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    found[RIBBON_PART] = base / RIBBON
    for name in sorted(found):
        try:
            # Line feeds, whatever a checkout on Windows made of them.
            yield name, found[name].read_bytes().replace(b"\r\n", b"\n")
        except OSError as error:
            raise DeclarationError(f"{found[name]} cannot be read: {error.strerror}.") from error
