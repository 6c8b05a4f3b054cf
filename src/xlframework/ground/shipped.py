"""Finds what a team copies and edits: `templates/` and the bundled editions, wherever they are."""

import os
from pathlib import Path

from xlframework.ground.errors import DeclarationError, MisuseError

ENVIRONMENT_VARIABLE = "XLFRAMEWORK_TEMPLATES"

# The workbook that `new` fills, and the look of what is made without a workbook.
SKELETON = "commissioning.xlsx"

_PACKAGE = Path(__file__).resolve().parent.parent
_IN_WHEEL = _PACKAGE / "_shipped"
_CHECKOUT = _PACKAGE.parent.parent


def _shipped(in_wheel: str, in_checkout: str) -> Path:
    """Give a shipped file or folder: in the installed package, else in the source checkout."""
    installed = _IN_WHEEL / in_wheel
    return installed if installed.exists() else _CHECKOUT / in_checkout


def template_folders(chosen: Path | None = None) -> tuple[Path, ...]:
    """List the folders where templates are looked for, the first one first.

    Args:
        chosen: the folder given with `--templates`.

    Raises:
        MisuseError: if a folder that somebody named is not there.
    """
    from_environment = os.environ.get(ENVIRONMENT_VARIABLE)
    named = [(chosen, "--templates")] if chosen is not None else []
    if from_environment:
        named.append((Path(from_environment), ENVIRONMENT_VARIABLE))
    for folder, who in named:
        if not folder.is_dir():
            raise MisuseError(f"{who} names {folder}, which is not a folder; check the spelling.")
    return (*(folder for folder, _ in named), _shipped("templates", "templates"))


def find_template(relative: str, chosen: Path | None = None) -> Path | None:
    """Find a file under `templates/`, for instance `appendix/2024-25-table-1.toml`.

    Args:
        relative: its path below the templates folder.
        chosen: the folder given with `--templates`, which comes first.

    Returns:
        The first file found, or None.
    """
    for folder in template_folders(chosen):
        path = folder / relative
        if path.is_file():
            return path
    return None


def required_template(name: str, templates: Path | None = None) -> Path:
    """Find a file of `templates/` that no command can do without.

    Args:
        name: such as checks.toml.
        templates: the folder given with `--templates`.

    Raises:
        DeclarationError: if it is missing.
    """
    path = find_template(name, templates)
    if path is None:
        raise DeclarationError(f"templates/{name} is missing; restore it.")
    return path


def template_names(folder: str, chosen: Path | None = None) -> tuple[str, ...]:
    """List the names of the declarations in one folder of `templates/`, sorted."""
    found = {
        path.stem for base in template_folders(chosen) for path in (base / folder).glob("*.toml")
    }
    return tuple(sorted(found))


def editions_folder() -> Path:
    """Give the folder that holds the bundled editions."""
    return _shipped("editions", "workbook/editions")


def edition_names() -> tuple[str, ...]:
    """List the bundled editions, sorted."""
    return tuple(sorted(path.parent.name for path in editions_folder().glob("*/edition.toml")))


def areas_folder() -> Path:
    """Give the folder that holds the bundled tables of areas and their sources."""
    return _shipped("areas", "workbook/areas")


def addin_file() -> Path:
    """Give the add-in as it is shipped."""
    return _shipped("xlframework.xlam", "workbook/xlframework.xlam")


def addin_source() -> Path:
    """Give the folder of texts that the add-in is built from."""
    return _shipped("addin", "workbook/addin")


def guide_file() -> Path:
    """Give the guide to the workbook and the buttons, a page for the browser."""
    return _shipped("guide.html", "docs/guide.html")


def it_page() -> Path:
    """Give the page for the IT department about the add-in."""
    return _shipped("addin-it.md", "docs/addin-it.md")
