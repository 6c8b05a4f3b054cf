"""Reads the forms of `templates/returns/`; a declaration that contradicts itself is an error."""

from collections.abc import Iterator
from pathlib import Path

from xlframework.ground.errors import DeclarationError, MisuseError
from xlframework.ground.shipped import find_template, template_names
from xlframework.model.declarations import read_declaration
from xlframework.model.form import Form

FOLDER = "returns"

_NOT_RIGHT = "which is no column of the table from the third on"
_NOT_BEFORE = "which is not declared, or is worked out further on"


def form_names(templates: Path | None = None) -> tuple[str, ...]:
    """List the names of the declared forms, sorted."""
    return template_names(FOLDER, templates)


def read_form(name: str, templates: Path | None = None) -> Form:
    """Read one form.

    Args:
        name: its id.
        templates: the folder given with `--templates`.

    Raises:
        MisuseError: if there is no such form.
        DeclarationError: if its file says something that cannot be followed.
    """
    known = form_names(templates)
    path = find_template(f"{FOLDER}/{name}.toml", templates) if name in known else None
    if path is None:
        raise MisuseError(f"There is no form {name!r}; the forms are {', '.join(known) or 'none'}.")
    form = read_declaration(path, Form)
    for problem in _slips(form, path.stem):
        raise DeclarationError(f"{path}: {problem}")
    return form


def read_forms(templates: Path | None = None) -> tuple[Form, ...]:
    """Read every declared form, by name.

    Raises:
        DeclarationError: if a file says something that cannot be followed.
    """
    return tuple(read_form(name, templates) for name in form_names(templates))


def _slips(form: Form, stem: str) -> Iterator[str]:
    """Say what contradicts itself, each with its key."""
    if form.name != stem:
        yield f"key name: {form.name!r} must be the file's name, {stem!r}."
    names = tuple(field.name for field in form.field)
    for what, listed in (("field", names), ("table.column", form.table.headers)):
        twice = [each for each in listed if listed.count(each) > 1]
        if twice:
            yield f"key {what}: {twice[0]!r} stands there twice."
    for header in form.table.headers:
        # LibreOffice does not find such a column in a formula.
        if "'" in header:
            yield f"key table.column: {header!r} holds a straight apostrophe; leave it out."
    lists = {each.name for each in form.lists()}
    for key, name in _listed(form):
        if name not in lists:
            yield f"key list: {key} uses {name!r}, which is not declared."
    yield from _loose_sums(form)
    for role in ("form", "version", "organisation", "year"):
        if role not in {field.role for field in form.field}:
            yield f"key field: no named cell has the role {role!r}."


def _listed(form: Form) -> Iterator[tuple[str, str]]:
    """Give each cell or column that is filled from a list, with the list's name."""
    yield from ((field.name, field.list) for field in form.field if field.list is not None)
    for column in form.table.column:
        if column.list is not None:
            yield column.header, column.list


def _loose_sums(form: Form) -> Iterator[str]:
    """Find sums of something that is not declared, or is itself worked out further on.

    What is worked out from what stands before it cannot lead back to itself.
    """
    headers = set(form.table.headers)
    known = {column.header for column in form.table.column if column.formula is None}
    for column in form.table.column:
        for part in column.formula.parts if column.formula is not None else ():
            if part not in known:
                yield f"key formula: {column.header} uses {part!r}, {_NOT_BEFORE}."
        known.add(column.header)
        for part in column.due.parts if column.due is not None else ():
            if part not in headers:
                yield f"key due: {column.header} uses {part!r}, which is not declared."
    known = headers | {field.name for field in form.field if field.formula is None}
    for field in form.field:
        if field.above is not None and field.above not in form.table.headers[2:]:
            yield f"key above: {field.name} stands above {field.above!r}, {_NOT_RIGHT}."
        for part in field.formula.parts if field.formula is not None else ():
            if part not in known:
                yield f"key formula: {field.name} uses {part!r}, {_NOT_BEFORE}."
        known.add(field.name)
