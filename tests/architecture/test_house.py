"""The house: imports run down, files are short, heavy libraries wait until they are needed.

`FLOORS` in `house.py` names the floors, `floors.toml` the order of the files on each. The
second half of this file shows that every check can fail, on small packages made for it.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from architecture import checks
from architecture.house import FLOORS, Declared, House

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "xlframework"
FLOORS_FILE = Path(__file__).with_name("floors.toml")


@pytest.fixture(scope="module")
def house() -> House:
    return House.read(SOURCE, Declared.read(FLOORS_FILE))


def said(problems: list[str]) -> str:
    return "\n".join(["", *problems])


def test_every_source_file_is_listed_on_its_floor_and_every_listed_file_is_there(
    house: House,
) -> None:
    problems = checks.listing_problems(house)
    assert not problems, said(problems)


def test_imports_run_down(house: House) -> None:
    problems = checks.import_problems(house)
    assert not problems, said(problems)


def test_no_files_import_each_other(house: House) -> None:
    problems = checks.cycles(house.graph())
    assert not problems, said(problems)


def test_no_import_is_wildcard_or_relative(house: House) -> None:
    problems = checks.form_problems(house)
    assert not problems, said(problems)


def test_heavy_libraries_are_imported_only_where_they_are_declared(house: House) -> None:
    assert {"pandas", "openpyxl", "xlwings", "docx"} <= set(house.declared.heavy)
    problems = checks.heavy_problems(house)
    assert not problems, said(problems)


@pytest.mark.parametrize("start", ["__init__", "cli", "cli/__init__", "__main__"])
def test_no_file_that_the_command_line_loads_imports_a_heavy_library(
    house: House, start: str
) -> None:
    problems = checks.heavy_when_loaded(house, start)
    assert not problems, said(problems)


def test_importing_the_command_line_loads_no_heavy_library(house: House) -> None:
    program = (
        "import xlframework, xlframework.cli, sys; "
        f"print(*sorted(set(sys.modules) & set({sorted(house.declared.heavy)!r})))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(SOURCE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == [], f"importing xlframework.cli loads {run.stdout}"


def test_money_is_never_a_float(house: House) -> None:
    problems = checks.float_problems(house)
    assert not problems, said(problems)


def test_every_file_says_what_it_is_for(house: House) -> None:
    problems = checks.docstring_problems(house)
    assert not problems, said(problems)


def test_files_and_functions_are_short(house: House) -> None:
    problems = checks.size_problems(house)
    assert not problems, said(problems)


# --- The checks themselves, on packages that break one rule each. ---

TIDY = {
    "__init__": '"""Facade."""\nfrom xlframework.commands import verbs\n',
    "__main__": "from xlframework.cli import main\n",
    "ground/__init__": '"""Ground."""\n',
    "ground/errors": '"""Errors."""\n',
    "ground/money": '"""Money."""\nfrom xlframework.ground.errors import MoneyError\n',
    "sheets/package/__init__": '"""Package."""\n',
    "sheets/package/xml": '"""XML."""\nimport xlframework.ground.money as m\n',
    "sheets/package/read": '"""Read."""\nfrom xlframework.sheets.package import xml\n',
    "sheets/odd": '"""Odd."""\ndef read():\n    import openpyxl\n',
    "commands/verbs": '"""Verbs."""\ndef verb():\n    from xlframework.sheets import odd\n',
    "cli": '"""Cli."""\nfrom xlframework.commands.verbs import verb\n',
}
DECLARED = Declared(
    floors={
        "ground": ("errors", "money"),
        "sheets": ("package/xml", "package/read", "odd"),
        "commands": ("verbs",),
        "cli": ("cli",),
    },
    heavy={"openpyxl": ("sheets/odd",)},
    floats={},
)


def made(folder: Path, changes: dict[str, str] | None = None) -> House:
    """Write the tidy package with some files changed, and read it."""
    for name, text in (TIDY | (changes or {})).items():
        path = folder / "xlframework" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return House.read(folder / "xlframework", DECLARED)


def all_problems(house: House) -> list[str]:
    return [
        *checks.listing_problems(house),
        *checks.import_problems(house),
        *checks.cycles(house.graph()),
        *checks.form_problems(house),
        *checks.heavy_problems(house),
        *checks.heavy_when_loaded(house, "cli"),
        *checks.float_problems(house),
        *checks.docstring_problems(house),
        *checks.size_problems(house),
    ]


def test_a_tidy_package_has_no_problems(tmp_path: Path) -> None:
    assert all_problems(made(tmp_path)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "from xlframework.sheets.package.xml import parse",
        "from xlframework.sheets.package import xml",
        "from xlframework.sheets import odd",
        "import xlframework.sheets.odd",
        "import os, xlframework.sheets.odd as odd",
        "def later():\n    from xlframework.sheets import odd",
        "class Record:\n    def later(self):\n        import xlframework.sheets.odd",
        "import typing\nif typing.TYPE_CHECKING:\n    from xlframework.sheets import odd",
        "try:\n    from xlframework.sheets import odd\nexcept ImportError:\n    pass",
        "import importlib\nodd = importlib.import_module('xlframework.sheets.odd')",
    ],
)
def test_an_import_that_runs_up_is_found_wherever_it_stands(tmp_path: Path, statement: str) -> None:
    house = made(tmp_path, {"ground/errors": f'"""Errors."""\n{statement}\n'})
    (problem,) = checks.import_problems(house)
    assert problem.startswith("ground/errors.py line ")
    assert problem.endswith(": sheets is above ground")


@pytest.mark.parametrize(
    ("name", "statement", "problem"),
    [
        (
            "ground/errors",
            "from xlframework.ground import money",
            "imports ground/money, which floors.toml does not list before it",
        ),
        (
            "ground/money",
            "import xlframework.ground.money",
            "imports ground/money, which floors.toml does not list before it",
        ),
        ("ground/money", "import xlframework", "imports xlframework itself"),
        ("ground/money", "from xlframework import ground", "imports xlframework itself"),
        ("ground/money", "import xlframework.ground.mony", "which is no file of the package"),
        ("ground/money", "from xlframework.grund import x", "which is no file of the package"),
        ("__init__", "from xlframework.ground import money", "it may import commands"),
        ("__main__", "from xlframework.commands import verbs", "it may import cli"),
    ],
)
def test_an_import_that_breaks_the_order_is_found(
    tmp_path: Path, name: str, statement: str, problem: str
) -> None:
    house = made(tmp_path, {name: f'"""Text."""\n{statement}\n'})
    (found,) = checks.import_problems(house)
    assert problem in found
    assert found.startswith(f"{name}.py line 2: ")


def test_files_that_import_each_other_are_named_together(tmp_path: Path) -> None:
    late = '"""Errors."""\ndef later():\n    from xlframework.sheets.package import read\n'
    house = made(tmp_path, {"ground/errors": late})
    assert checks.cycles(house.graph()) == [
        "import each other: ground/errors, ground/money, sheets/package/read, sheets/package/xml"
    ]


@pytest.mark.parametrize(
    ("graph", "components"),
    [
        ({"a": "b", "b": "c", "c": ""}, []),
        ({"a": "a"}, ["a"]),
        ({"a": "b", "b": "a", "c": "ab"}, ["a, b"]),
        ({"a": "b", "b": "ac", "c": "d", "d": "ce", "e": ""}, ["a, b", "c, d"]),
    ],
)
def test_components_are_told_apart(graph: dict[str, str], components: list[str]) -> None:
    assert checks.cycles(graph) == [f"import each other: {names}" for names in components]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("ground/new", '"""New."""', 'ground/new.py is missing from floors.toml: list "new"'),
        ("ground/deep/new", '"""New."""', 'list "deep/new" under [floor.ground]'),
        ("attic/new", '"""New."""', "attic stands on no floor"),
        ("sheets/package/__init__", '"""Doc."""\nx = 1\n', 'list "package/__init__"'),
        ("sheets/package/xml", "from os import *\n'doc'", "line 1: a wildcard import"),
        ("sheets/package/xml", "from . import read\n", "line 1: a relative import"),
        ("sheets/package/xml", "x = 1\n", "sheets/package/xml.py has no docstring"),
        ("ground/money", '"""M."""\nx = float("1")\n', "ground/money.py may not call float()"),
        ("ground/money", '"""M."""\nimport openpyxl.utils\n', "may not import openpyxl"),
        ("sheets/odd", '"""Odd."""\n', "floors.toml lets sheets/odd.py import openpyxl"),
        ("ground/money", '"""M."""\n' + "x = 1\n" * 400, "money.py: 401 lines, at most 400"),
        ("ground/money", '"""M."""\ndef f():\n' + "    x = 1\n" * 60, "2, f: 61 lines, at most 60"),
    ],
)
def test_a_file_that_breaks_a_rule_is_named(
    tmp_path: Path, name: str, text: str, problem: str
) -> None:
    found = all_problems(made(tmp_path, {name: text}))
    assert any(problem in each for each in found), said(found)


def test_a_file_that_is_listed_but_absent_is_named(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "xlframework" / "sheets" / "odd.py").unlink()
    house = House.read(tmp_path / "xlframework", DECLARED)
    assert "floors.toml lists sheets/odd.py, which is not there" in checks.listing_problems(house)


def test_a_heavy_library_that_the_command_line_would_load_is_named(tmp_path: Path) -> None:
    eager = {
        "sheets/odd": '"""Odd."""\nimport openpyxl\n',
        "commands/verbs": '"""Verbs."""\nfrom xlframework.sheets import odd\n',
    }
    assert checks.heavy_when_loaded(made(tmp_path, eager), "cli") == [
        "sheets/odd.py line 2: imports openpyxl when cli is loaded; defer it"
    ]


def test_medians_that_have_grown_are_named(tmp_path: Path) -> None:
    long = '"""Text."""\n' + "x = 1\n" * 100 + "def f():\n" + "    x = 1\n" * 59
    problems = checks.size_problems(made(tmp_path, dict.fromkeys(TIDY, long)))
    assert problems == [
        "the median file has 161 lines, at most 160",
        "the median function has 60 lines, at most 10",
    ]


def test_a_float_is_allowed_where_a_reason_is_given(tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text(
        '[floor.ground]\nfiles = ["errors", "money", "money"]\n[floor.attic]\nfiles = []\n'
        '[heavy]\n[float]\n"ground/money" = "a reason"\n"ground/errors" = ""\n',
        encoding="utf-8",
    )
    declared = Declared.read(tmp_path / "floors.toml")
    made(tmp_path, {"ground/money": '"""Money."""\nx = float("1")\n'})
    house = House.read(tmp_path / "xlframework", declared)
    assert checks.float_problems(house) == [
        "ground/errors.py: float needs a reason",
        "floors.toml lets ground/errors.py call float(), which it does not",
    ]
    listing = checks.listing_problems(house)
    assert "floors.toml lists money twice under [floor.ground]" in listing
    assert "floors.toml has a floor attic that FLOORS does not name" in listing


def test_the_floors_are_those_of_the_design_with_the_add_in_above_the_commands() -> None:
    below = ("ground", "model", "rules", "sheets", "appendix", "commands")
    assert (*below, "addin", "cli") == FLOORS
