"""Reads a package's source files, and what is declared of the house that they make.

The floors are declared here, and the order of the files on each in `floors.toml`.
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# Imports run down only: a floor may use those listed before it.
FLOORS = ("ground", "model", "rules", "sheets", "appendix", "commands", "addin", "cli")

# What stands on no floor, and the one floor that it may import.
AT_THE_TOP = {"__init__": "commands", "__main__": "cli"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name, with the line it stands on."""

    line: int
    module: str
    name: str = ""
    level: int = 0
    deferred: bool = False


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the package, by its path without `.py`: `sheets/package/records`."""

    name: str
    text: str
    tree: ast.Module
    imports: tuple[Import, ...]

    @property
    def floor(self) -> str:
        return self.name.partition("/")[0]

    @property
    def place_on_floor(self) -> str:
        """The name as `floors.toml` lists it; a floor of one file lists that file."""
        return self.name.partition("/")[2] or self.name

    @property
    def is_bare_package(self) -> bool:
        """Whether this is an `__init__.py` with nothing but its docstring."""
        is_package = self.name.rpartition("/")[2] == "__init__"
        return is_package and all(isinstance(node, ast.Expr) for node in self.tree.body)

    @property
    def functions(self) -> tuple[Function, ...]:
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, Function))


@dataclass(frozen=True, slots=True)
class Declared:
    """What `floors.toml` says."""

    floors: Mapping[str, tuple[str, ...]]
    heavy: Mapping[str, tuple[str, ...]]
    floats: Mapping[str, str]

    @classmethod
    def read(cls, path: Path) -> "Declared":
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            {floor: tuple(entry["files"]) for floor, entry in declared["floor"].items()},
            {library: tuple(files) for library, files in declared["heavy"].items()},
            dict(declared["float"]),
        )


@dataclass(frozen=True, slots=True)
class House:
    """A package's files beside what is declared of them."""

    package: str
    files: Mapping[str, SourceFile]
    declared: Declared

    @classmethod
    def read(cls, folder: Path, declared: Declared) -> "House":
        paths = sorted(folder.rglob("*.py"))
        read = [read_file(path, folder) for path in paths]
        return cls(folder.name, {file.name: file for file in read}, declared)

    def find(self, dotted: str) -> str | None:
        """Give the file that a dotted name stands for, or None."""
        path = dotted.removeprefix(self.package).lstrip(".").replace(".", "/")
        candidates = (path, f"{path}/__init__".lstrip("/"))
        return next((name for name in candidates if name in self.files), None)

    def target(self, imported: Import) -> str | None:
        """Give the file that an import loads: the module named last, else its package."""
        with_name = f"{imported.module}.{imported.name}"
        return (imported.name and self.find(with_name)) or self.find(imported.module)

    def inner_imports(self, file: SourceFile) -> Iterator[tuple[Import, str | None]]:
        """Give the imports of the package's own files, each with the file it loads."""
        for imported in file.imports:
            if imported.module.partition(".")[0] == self.package and not imported.level:
                yield imported, self.target(imported)

    def graph(self) -> dict[str, set[str]]:
        """Give for every file the files that it imports, deferred or not."""
        return {
            name: {target for _, target in self.inner_imports(file) if target is not None}
            for name, file in self.files.items()
        }

    def loaded_with(self, name: str) -> set[str]:
        """Give the files that run when one is imported: no deferred import, every package."""
        loaded: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in loaded or current not in self.files:
                continue
            loaded.add(current)
            waiting += packages_above(current)
            inner = self.inner_imports(self.files[current])
            waiting += [target for imported, target in inner if target and not imported.deferred]
        return loaded

    def position(self, file: SourceFile) -> int | None:
        """Give a file's place in the declared order of its floor; a bare package comes first."""
        listed = self.declared.floors.get(file.floor, ())
        if file.place_on_floor in listed:
            return listed.index(file.place_on_floor)
        return -1 if file.is_bare_package else None


def read_file(path: Path, folder: Path) -> SourceFile:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, str(path))
    name = path.relative_to(folder).with_suffix("").as_posix()
    return SourceFile(name, text, tree, tuple(imports_of(tree)))


def packages_above(name: str) -> list[str]:
    """Give the `__init__` files that Python runs before a file."""
    parts = name.split("/")[:-1]
    return ["/".join([*parts[:depth], "__init__"]) for depth in range(len(parts) + 1)]


def imports_of(tree: ast.Module) -> Iterator[Import]:
    """Give every import of a file, wherever it stands, and `import_module` with its name."""
    for node, deferred in _walk(tree, deferred=False):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(node.lineno, alias.name, deferred=deferred)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield Import(node.lineno, node.module or "", alias.name, node.level, deferred)
        elif isinstance(node, ast.Call) and (dotted := _imported_by_call(node)):
            yield Import(node.lineno, dotted, deferred=deferred)


def _walk(node: ast.AST, *, deferred: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Give all nodes below one, each with whether it runs only later or never."""
    for child in ast.iter_child_nodes(node):
        later = deferred or isinstance(child, Function | ast.Lambda) or _is_for_typing(child)
        yield child, later
        yield from _walk(child, deferred=later)


def _is_for_typing(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def _imported_by_call(call: ast.Call) -> str:
    called = ast.unparse(call.func).rpartition(".")[2]
    if called not in {"import_module", "__import__"} or not call.args:
        return ""
    name = call.args[0]
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else ""
