"""The layout of a published table, as declared under `templates/appendix/`."""

import re
from pathlib import Path
from typing import Literal

from xlframework.ground.errors import DeclarationError, MisuseError
from xlframework.ground.shipped import find_template, template_names
from xlframework.model.declarations import Declaration, read_declaration
from xlframework.sheets.snapshot import amount_column

FOLDER = "appendix"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")
_LONGEST_SHEET_NAME = 31


class Column(Declaration, frozen=True):
    """A printed column.

    Attributes:
        header: as printed; no two columns have one header.
        field: the column of `Lines` that it prints,
        amount: or the amount column, such as 2024/25 Budget.
        decimals: how many decimals an amount prints with.
        width: in characters.
        words: what certain words print as, such as Medium as Med.
        blank: what a blank amount prints as.
        zero: what an amount of nought prints as; None for a plain 0.
    """

    header: str
    field: str | None = None
    amount: str | None = None
    decimals: Literal[0, 2] = 0
    width: float = 16
    words: dict[str, str] | None = None
    blank: str = ""
    zero: str | None = None


class Heading(Declaration, frozen=True):
    """Heading rows.

    Attributes:
        by: whether each block or each section gets one.
        column: the header of the column that shows it.
        words: what certain names print as.
    """

    by: Literal["block", "section"]
    column: str
    words: dict[str, str] | None = None


class Subtotal(Declaration, frozen=True):
    """Subtotal rows, one below each section.

    Attributes:
        label: as printed; `{section}` stands for the section's name.
        column: the header of the column that shows it.
        words: whole labels of certain sections.
    """

    label: str
    column: str
    words: dict[str, str] | None = None


class Total(Declaration, frozen=True):
    """The total row at the end.

    Attributes:
        label: as printed.
        column: the header of the column that shows it.
    """

    label: str
    column: str


class Shared(Declaration, frozen=True):
    """What is said where an amount stands on another line.

    Attributes:
        above: where that line is printed directly above.
        elsewhere: otherwise; `{service}` stands for that line's service.
    """

    above: str = "included above"
    elsewhere: str = "included with {service}"


class Layout(Declaration, frozen=True):
    """A published table.

    Attributes:
        name: the file's name without its ending.
        title: what stands above it.
        sheet: the tab of its sheet in the workbook.
        description: what it shows, for whoever chooses a layout.
        source: where the layout was published.
        blocks: the blocks it prints; none for all.
        column: its columns in order.
        group: whether lines are printed section by section, or by their order alone.
        heading: heading rows.
        subtotal: subtotal rows; only with `group = "section"`.
        total: the total row.
        shared: words for shared amounts.
        notes: sentences below the table.
    """

    name: str
    title: str
    sheet: str
    description: str
    source: str
    column: tuple[Column, ...]
    blocks: tuple[str, ...] = ()
    group: Literal["none", "section"] = "none"
    heading: Heading | None = None
    subtotal: Subtotal | None = None
    total: Total | None = None
    shared: Shared = Shared()
    notes: tuple[str, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """The printed headers."""
        return tuple(column.header for column in self.column)

    @property
    def table_name(self) -> str:
        """The Excel table on its sheet."""
        return "T_" + re.sub(r"\W", "_", self.name)

    def position(self, header: str) -> int:
        """Count a column from 0 by its header."""
        return self.headers.index(header)


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
    slip = _slip(layout, path.stem)
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


def _slip(layout: Layout, stem: str) -> str | None:
    """Find what is well-formed but cannot be printed; None if all is well."""
    return _column_slip(layout) or _name_slip(layout, stem) or _row_slip(layout)


def _column_slip(layout: Layout) -> str | None:
    headers = [header.casefold() for header in layout.headers]
    for number, column in enumerate(layout.column, start=1):
        if (column.field is None) == (column.amount is None):
            return f"key column {number}: give either field or amount"
        if not column.header.strip():
            return f"key column {number}.header: it is blank"
        if headers.index(column.header.casefold()) != number - 1:
            return f"key column {number}.header: {column.header!r} stands twice"
        if column.amount is not None and str(amount_column(column.amount)) != column.amount:
            return f"key column {number}.amount: {column.amount!r} is not such as 2024/25 Budget"
    return None if layout.column else "key column: a table needs at least one column"


def _name_slip(layout: Layout, stem: str) -> str | None:
    if layout.name != stem:
        return f"key name: {layout.name!r} differs from the name of the file"
    if not layout.sheet.strip() or layout.sheet != layout.sheet.strip("'"):
        return f"key sheet: {layout.sheet!r} is blank, or has an apostrophe at an end"
    if len(layout.sheet) > _LONGEST_SHEET_NAME or re.search(r"[\[\]:*?/\\]", layout.sheet):
        return f"key sheet: {layout.sheet!r} is longer than 31 characters or holds one of []:*?/\\"
    return None


def _row_slip(layout: Layout) -> str | None:
    if layout.subtotal is not None and layout.group != "section":
        return 'key subtotal: subtotals need group = "section"'
    if layout.heading is not None and layout.heading.by == "section" and layout.group == "none":
        return 'key heading.by: headings by section need group = "section"'
    parts = (("heading", layout.heading), ("subtotal", layout.subtotal), ("total", layout.total))
    for key, part in parts:
        if part is not None and part.column not in layout.headers:
            return f"key {key}.column: there is no column {part.column!r}"
        if part is not None and layout.column[layout.position(part.column)].amount is not None:
            return f"key {key}.column: {part.column!r} prints amounts, so no label fits there"
    return _label_slip(layout)


def _label_slip(layout: Layout) -> str | None:
    """Find a label with another placeholder than its own, which nobody could fill in."""
    labels = [("shared.elsewhere", layout.shared.elsewhere, "service")]
    if layout.subtotal is not None:
        labels.append(("subtotal.label", layout.subtotal.label, "section"))
    for key, label, name in labels:
        try:
            label.format(**{name: ""})
        except (LookupError, ValueError, AttributeError):
            return f"key {key}: in {label!r} only {{{name}}} may stand in braces"
    return None
