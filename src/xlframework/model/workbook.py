"""The commissioning workbook as declared in `templates/commissioning.toml`."""

from pathlib import Path
from typing import Literal

from xlframework.ground.errors import DeclarationError
from xlframework.ground.shipped import required_template
from xlframework.model.declarations import Declaration, read_declaration

FILE_NAME = "commissioning.toml"

DataKind = Literal["text", "code", "money", "pence", "number", "count", "percent", "date"]


class ColumnSpec(Declaration, frozen=True):
    """A column of a table.

    Attributes:
        header: as it stands in the header row.
        kind: what its cells hold.
        width: in characters.
        list: the drop-down list it is filled from; only for kind `code`.
    """

    header: str
    kind: DataKind = "text"
    width: float = 12
    list: str | None = None


class TableSpec(Declaration, frozen=True):
    """An Excel table.

    Attributes:
        name: by which it is found.
        column: its columns in order; amount columns follow them.
        amounts: whether it has a column for each year and basis.
        generated: whether refresh rewrites it as a whole.
        optional: whether a workbook may do without it.
        further: what further columns of an edition's file hold; None where it may
            have none.
        spare: how many columns to the right are made as wide as an amount, for
            columns to come.
    """

    name: str
    column: tuple[ColumnSpec, ...]
    amounts: bool = False
    generated: bool = False
    optional: bool = False
    further: DataKind | None = None
    spare: int = 0

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of the declared columns."""
        return tuple(column.header for column in self.column)


class CellSpec(Declaration, frozen=True):
    """A named cell.

    Attributes:
        name: its workbook-wide name.
        label: what stands to its left.
        kind: what it holds.
        list: its drop-down list.
        help: what stands to its right.
        formula: for a cell that is worked out; such a cell may be missing.
        generated: for a cell that refresh fills; such a cell may be missing too.
        wide: for a long text, which stands behind the columns that every printed page
            repeats.
    """

    name: str
    label: str
    kind: DataKind
    list: str | None = None
    help: str = ""
    formula: str | None = None
    generated: bool = False
    wide: bool = False

    @property
    def is_input(self) -> bool:
        """Whether a person fills it in."""
        return self.formula is None and not self.generated


class ChartSpec(Declaration, frozen=True):
    """A chart of ours above a table; refresh sets what it draws.

    Attributes:
        name: as Excel's selection pane shows it.
        title: what stands above it.
        labels: the header of the column that names its bars,
        values: and that of the first column that it draws.
        rows: the rows kept free for it.
        horizontal: whether its bars lie.
    """

    name: str
    title: str
    labels: str
    values: str
    rows: int
    horizontal: bool = True


class SheetSpec(Declaration, frozen=True):
    """A sheet.

    Attributes:
        name: as on its tab; at most 31 characters.
        title: what stands in A1.
        about: one or two sentences under it.
        cell: its named cells, one a row.
        table: its table, below them.
        widths: column widths where there is no table to give them.
        frozen_columns: how many columns stay in view.
        chart: our chart above the table.
        visibility: whether its tab shows, and whether a person can make it show.
        guide: whether it says what every sheet is for.
        pages_wide: how many pages wide it prints,
        pages_high: and how many high; 0 for as many as it takes.
    """

    name: str
    title: str
    about: str
    cell: tuple[CellSpec, ...] = ()
    table: TableSpec | None = None
    widths: tuple[float, ...] = ()
    frozen_columns: int = 0
    chart: ChartSpec | None = None
    visibility: Literal["visible", "hidden", "veryHidden"] = "visible"
    guide: bool = False
    pages_wide: int = 1
    pages_high: int = 0


class ListSpec(Declaration, frozen=True):
    """A drop-down list.

    Attributes:
        name: the header above it.
        items: what it offers at first.
        generated: whether refresh fills it from `Sections`.
        table: the table that it is taken from instead,
        column: and the column there.
    """

    name: str
    items: tuple[str, ...] = ()
    generated: bool = False
    table: str | None = None
    column: str | None = None

    @property
    def range_name(self) -> str:
        """The workbook-wide name that drop-downs refer to."""
        return "List_" + self.name.lower().replace(" ", "_")


class WorkbookSpec(Declaration, frozen=True):
    """The whole workbook.

    Attributes:
        title: its title in the document properties.
        sheet: its sheets in tab order; appendix sheets come after `Summary`.
        list: the drop-down lists.
    """

    title: str
    sheet: tuple[SheetSpec, ...]
    list: tuple[ListSpec, ...]

    @property
    def tables(self) -> tuple[TableSpec, ...]:
        """Every table, in sheet order."""
        return tuple(sheet.table for sheet in self.sheet if sheet.table is not None)

    @property
    def cells(self) -> tuple[CellSpec, ...]:
        """Every named cell, in sheet order."""
        return tuple(cell for sheet in self.sheet for cell in sheet.cell)

    def table(self, name: str) -> TableSpec:
        """Find a table by its name.

        Raises:
            KeyError: if the declaration has no such table.
        """
        for spec in self.tables:
            if spec.name == name:
                return spec
        raise KeyError(name)


def read_workbook_spec(templates: Path | None = None) -> WorkbookSpec:
    """Read the declaration of the commissioning workbook.

    Args:
        templates: the folder given with `--templates`.

    Raises:
        DeclarationError: if it is missing, or a list that it names is not declared.
    """
    path = required_template(FILE_NAME, templates)
    spec = read_declaration(path, WorkbookSpec)
    known = {each.name for each in spec.list}
    used = {cell.list for cell in spec.cells if cell.list}
    used |= {column.list for table in spec.tables for column in table.column if column.list}
    for name in sorted(used - known):
        raise DeclarationError(f"{path}: key list: {name!r} is used but not declared.")
    return spec
