"""Reads a layout by its name, from the templates that ship or from a team's own."""

import re
from pathlib import Path

from xlframework.appendix.layout import Layout
from xlframework.appendix.layout_slips import slip_of
from xlframework.ground.errors import DeclarationError, MisuseError
from xlframework.ground.shipped import find_template, template_names
from xlframework.model.declarations import read_declaration

FOLDER = "appendix"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")


def layout_names(templates: Path | None = None) -> tuple[str, ...]:
    """List the layouts that can be chosen."""
    return template_names(FOLDER, templates)


def read_layout(name: str, templates: Path | None = None) -> Layout | None:
    """Read a layout by its name.

    Args:
        name: such as 2024-25-table-1.
        templates: the folder given with `--templates`.

    Returns:
        The layout, or None if there is none of that name.

    Raises:
        DeclarationError: if it says something that cannot be followed.
    """
    path = find_template(f"{FOLDER}/{name}.toml", templates) if _NAME.match(name) else None
    if path is None:
        return None
    layout = read_declaration(path, Layout)
    slip = slip_of(layout, path.stem)
    if slip is not None:
        raise DeclarationError(f"{path}: {slip}.")
    return layout


def chosen_layout(name: str, templates: Path | None = None) -> Layout:
    """Read the layout that somebody chose with `--layout`.

    Raises:
        MisuseError: if there is none of that name; the message lists those there are.
        DeclarationError: if it says something that cannot be followed.
    """
    layout = read_layout(name, templates)
    if layout is None:
        known = ", ".join(layout_names(templates))
        raise MisuseError(f"--layout: there is no layout {name!r}; there are {known}.")
    return layout
