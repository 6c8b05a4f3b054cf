"""A plain `pip install .` gives an xlframework that works in any folder."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from published.oracle import TABLES

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it into an empty environment, far from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--wheel-dir", str(folder), str(CHECKOUT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("xlframework-*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [str(scripts / "python"), *pip[1:], "install", str(wheel)], check=True, capture_output=True
    )
    return scripts


def run(scripts: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "XLFRAMEWORK_TEMPLATES"}
    }
    return subprocess.run(
        [str(scripts / "xlframework"), *arguments],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_installed_wheel_makes_refreshes_and_publishes(installed: Path, tmp_path: Path) -> None:
    made = run(installed, tmp_path, "new", "--edition", "2024-25", "--out", "budget.xlsx")
    assert made.returncode == 0, made.stderr
    assert "4,654,011" in made.stdout
    refreshed = run(installed, tmp_path, "refresh", "budget.xlsx")
    assert "nothing to change" in refreshed.stdout
    published = run(installed, tmp_path, "appendix", "budget.xlsx", "--out", "published")
    assert published.returncode == 0, published.stderr
    assert len(list((tmp_path / "published").iterdir())) == 4


def test_the_installed_wheel_gives_the_committed_workbook(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "new", "--edition", "2024-25", "--out", "commissioning.xlsx")
    committed = CHECKOUT / "workbook" / "commissioning.xlsx"
    assert (tmp_path / "commissioning.xlsx").read_bytes() == committed.read_bytes()


def test_the_installed_wheel_splits_by_the_bundled_areas(installed: Path, tmp_path: Path) -> None:
    words = ("--areas", "leicestershire", "--formula", "2024-25-illustration")
    split = run(installed, tmp_path, "allocate", *words)
    assert split.returncode == 0, split.stderr
    assert "The awards add up to £639,675" in split.stdout


def test_the_installed_wheel_brings_every_edition(installed: Path, tmp_path: Path) -> None:
    unknown = run(installed, tmp_path, "new", "--edition", "1999-00", "--out", "none.xlsx")
    assert unknown.returncode == 2
    assert ", ".join(TABLES) in unknown.stderr
    made = run(installed, tmp_path, "new", "--edition", "2020-21", "--out", "budget.xlsx")
    assert made.returncode == 0, made.stderr
    published = run(installed, tmp_path, "appendix", "budget.xlsx", "--out", "published")
    assert published.returncode == 0, published.stderr
    assert len(list((tmp_path / "published").iterdir())) == 2 * len(TABLES["2020-21"])


def test_the_installed_wheel_brings_the_add_in(installed: Path, tmp_path: Path) -> None:
    checked = run(installed, tmp_path, "addin", "check", "--json")
    assert checked.returncode == 0, checked.stderr
    found = json.loads(checked.stdout)
    path = Path(found["file"])
    assert path.parent.name == "_shipped"
    assert path.read_bytes() == (CHECKOUT / "workbook" / "xlframework.xlam").read_bytes()
    # A plain installation has nothing that reads macros back, and says so.
    assert [each["rule"] for each in found["findings"]] == ["addin-unread"]
    for name in ("guide.html", "addin-it.md"):
        assert (path.parent / name).is_file()
