"""Says where a package's files break the rules of the house.

Every check gives the problems that it found as sentences, so that a test shows them all
at once; none found is an empty list.
"""

import ast
from collections.abc import Iterable, Mapping
from statistics import median

from architecture.house import AT_THE_TOP, FLOORS, Function, House, Import, SourceFile

# Where money is counted, so that a float needs a reason.
EXACT_FLOORS = ("ground", "model", "rules", "appendix")

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MEDIAN_FILE = 160
MEDIAN_FUNCTION = 10


def listing_problems(house: House) -> list[str]:
    """Compare the files with the lists in `floors.toml`, both ways."""
    floors = house.declared.floors
    listed = {
        floor if files == (floor,) else f"{floor}/{file}"
        for floor, files in floors.items()
        for file in files
    }
    needed = {
        name
        for name, file in house.files.items()
        if name not in AT_THE_TOP and not file.is_bare_package
    }
    absent = [
        f"floors.toml lists {name}.py, which is not there" for name in listed - set(house.files)
    ]
    missing = [
        f'{name}.py is missing from floors.toml: list "{house.files[name].place_on_floor}" '
        f"under [floor.{house.files[name].floor}], below the files that it imports"
        for name in needed - listed
    ]
    return sorted(absent) + sorted(missing) + floor_problems(house) + repeated(floors)


def floor_problems(house: House) -> list[str]:
    """Name the floors that the house does not have, in `floors.toml` or as a folder."""
    declared = [floor for floor in house.declared.floors if floor not in FLOORS]
    built = {file.floor for name, file in house.files.items() if name not in AT_THE_TOP}
    return [f"floors.toml has a floor {floor} that FLOORS does not name" for floor in declared] + [
        f"{floor} stands on no floor: FLOORS in tests/architecture/house.py does not name it"
        for floor in sorted(built - set(FLOORS))
    ]


def repeated(floors: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [
        f"floors.toml lists {file} twice under [floor.{floor}]"
        for floor, files in floors.items()
        for file in sorted(set(files))
        if files.count(file) > 1
    ]


def import_problems(house: House) -> list[str]:
    """Name every import of our own files that does not run down."""
    return [
        f"{file.name}.py line {imported.line}: {problem}"
        for file in house.files.values()
        for imported, target in house.inner_imports(file)
        if (problem := _import_problem(house, file, imported, target))
    ]


def _import_problem(
    house: House, file: SourceFile, imported: Import, target: str | None
) -> str | None:
    if imported.module == house.package:
        return f"imports {house.package} itself; name the module it needs"
    if target is None:
        return f"imports {imported.module}, which is no file of the package"
    if file.name in AT_THE_TOP:
        return _top_problem(file, house.files[target])
    return _direction_problem(house, file, house.files[target])


def _top_problem(file: SourceFile, target: SourceFile) -> str | None:
    allowed = AT_THE_TOP[file.name]
    return None if target.floor == allowed else f"imports {target.name}; it may import {allowed}"


def _direction_problem(house: House, file: SourceFile, target: SourceFile) -> str | None:
    if file.floor not in FLOORS or target.floor not in FLOORS:
        return f"imports {target.name}, and one of them stands on no floor"
    if file.floor != target.floor:
        down = FLOORS.index(target.floor) < FLOORS.index(file.floor)
        return None if down else f"imports {target.name}: {target.floor} is above {file.floor}"
    mine, theirs = house.position(file), house.position(target)
    if mine is None or theirs is None or theirs < mine:
        return None  # a file that is not listed is a listing problem
    return f"imports {target.name}, which floors.toml does not list before it"


def form_problems(house: House) -> list[str]:
    """Name wildcard and relative imports."""
    return [
        f"{file.name}.py line {imported.line}: a {form} import"
        for file in house.files.values()
        for imported in file.imports
        for form, wrong in (("wildcard", imported.name == "*"), ("relative", imported.level > 0))
        if wrong
    ]


def cycles(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """Name the strongly connected components of more than one file, and self-imports."""
    reached = {name: _reachable(graph, name) for name in graph}
    components = {
        tuple(sorted(other for other in reach if name in reached[other]))
        for name, reach in reached.items()
        if name in reach
    }
    return [f"import each other: {', '.join(component)}" for component in sorted(components)]


def _reachable(graph: Mapping[str, Iterable[str]], name: str) -> set[str]:
    """Give what one file imports, directly or through others."""
    reached: set[str] = set()
    waiting = list(graph[name])
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            waiting += graph[current]
    return reached


def heavy_problems(house: House) -> list[str]:
    """Name heavy libraries where `floors.toml` does not allow them, and idle permissions."""
    return [
        problem
        for library, allowed in house.declared.heavy.items()
        for problem in _permission_problems(f"import {library}", allowed, users(house, library))
    ]


def users(house: House, library: str) -> set[str]:
    """Give the files that import a library, deferred or not."""
    return {file.name for file in house.files.values() if _lines_importing(file, library)}


def heavy_when_loaded(house: House, start: str) -> list[str]:
    """Name the files that import a heavy library as soon as `start` is imported."""
    return [
        f"{name}.py line {line}: imports {library} when {start} is loaded; defer it"
        for name in sorted(house.loaded_with(start))
        for library in house.declared.heavy
        for line, deferred in _lines_importing(house.files[name], library)
        if not deferred
    ]


def _lines_importing(file: SourceFile, library: str) -> list[tuple[int, bool]]:
    return [
        (imported.line, imported.deferred)
        for imported in file.imports
        if imported.module.partition(".")[0] == library and not imported.level
    ]


def float_problems(house: House) -> list[str]:
    """Name calls of `float` where money is counted, unless `floors.toml` gives a reason."""
    found = {
        file.name
        for file in house.files.values()
        if file.floor in EXACT_FLOORS and any(map(_is_float_call, ast.walk(file.tree)))
    }
    reasons = house.declared.floats
    unexplained = [f"{name}.py: float needs a reason" for name in reasons if not reasons[name]]
    return unexplained + _permission_problems("call float()", reasons, found)


def _is_float_call(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Name) and called.id == "float"


def _permission_problems(act: str, allowed: Iterable[str], found: Iterable[str]) -> list[str]:
    allowed, found = set(allowed), set(found)
    return [
        f"{name}.py may not {act}: floors.toml does not say so" for name in sorted(found - allowed)
    ] + [f"floors.toml lets {name}.py {act}, which it does not" for name in sorted(allowed - found)]


def docstring_problems(house: House) -> list[str]:
    """Name the files without a docstring; `__main__` is one line that needs none."""
    return [
        f"{name}.py has no docstring"
        for name, file in house.files.items()
        if name != "__main__" and not ast.get_docstring(file.tree)
    ]


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def size_problems(house: House) -> list[str]:
    """Name the files and functions that are too long, and medians that have grown."""
    files = {
        f"{file.name}.py": len(file.text.splitlines())
        for file in house.files.values()
        if not file.is_bare_package
    }
    functions = {
        f"{file.name}.py line {node.lineno}, {node.name}": length(node)
        for file in house.files.values()
        for node in file.functions
    }
    return _too_long("file", files, LONGEST_FILE, MEDIAN_FILE) + _too_long(
        "function", functions, LONGEST_FUNCTION, MEDIAN_FUNCTION
    )


def _too_long(what: str, lines: Mapping[str, int], most: int, middle: int) -> list[str]:
    long = [f"{name}: {n} lines, at most {most}" for name, n in lines.items() if n > most]
    found = median(lines.values()) if lines else 0
    grown = f"the median {what} has {found:g} lines, at most {middle}"
    return [*long, grown] if found > middle else long
