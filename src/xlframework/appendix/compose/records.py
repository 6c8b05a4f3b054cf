"""What a composed table is made of: rows, and cells that know how they were worked out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from xlframework.appendix.layout import Layout
from xlframework.model.budget import Line, Origin

# Layout, row key and printed header: what a row of the table `Printed` is about.
PrintedKey = tuple[str, str, str]
PrintedWords = Mapping[PrintedKey, str]

RowKind = Literal["section", "line", "subtotal", "total"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """Words that lines are chosen by: what a column begins with, or is, blind to case."""

    field: str
    text: str
    begins: bool


@dataclass(frozen=True, slots=True)
class SectionSum:
    """An amount that stands in `Sections`, less what is printed apart.

    Attributes:
        header: the amount column.
        members: block and section of each row that is added up; None for every
            section of the block. No members: everything there is.
        less: the lines that are taken out.
    """

    header: str
    members: tuple[tuple[str, str | None], ...] = ()
    less: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class LineSum:
    """What lines of `Lines` add up to: those that meet a criterion, of some blocks or of all."""

    header: str
    criterion: Criterion
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaAward:
    """What `Allocation` awards to an area."""

    code: str


Source = SectionSum | LineSum | AreaAward

# Row and column of a cell of the table, from 0.
CellAt = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """A cell less another one of the table; as a percentage, in proportion to that other one.

    Attributes:
        of: the cell.
        since: the other one.
        worded: whether either may hold a word for nought, which a formula has to
            count as nought.
    """

    of: CellAt
    since: CellAt
    worded: bool = False


@dataclass(frozen=True, slots=True)
class AmountCell:
    """An amount in a table.

    Attributes:
        pence: the amount; None where the table prints none.
        sums: the rows of the table, from 0, that it is the sum of; None for a
            line's own amount.
        shared: what is said where the amount stands on another line.
        source: what it is, or what is added to the sum, in the workbook's other tables.
        measure: the cells of the table that it is the difference of.
    """

    pence: int | None
    sums: tuple[int, ...] | None = None
    shared: str | None = None
    source: Source | None = None
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class PercentCell:
    """A percentage in a table.

    Attributes:
        share: as a fraction of one, rounded as it is printed; None where the table
            prints none.
        measure: the cells that it compares.
    """

    share: Fraction | None
    measure: Measure | None = None


TableCell = str | date | Decimal | AmountCell | PercentCell


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table.

    Attributes:
        kind: what it is.
        cells: a cell a column.
        line: the line that it prints, if it is one.
        key: what the table `Printed` calls it; blank for a row that it cannot change.
        origin: where the record that it prints stands, if it prints one.
    """

    kind: RowKind
    cells: tuple[TableCell, ...]
    line: Line | None = None
    key: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class AppendixTable:
    """A composed table.

    Attributes:
        layout: how it prints.
        rows: its rows in printed order, headers left out.
    """

    layout: Layout
    rows: tuple[TableRow, ...]

    def totals(self) -> Mapping[str, int]:
        """Give the total row's amounts in pence, by printed header."""
        for row in self.rows:
            if row.kind == "total":
                pairs = zip(self.layout.column, row.cells, strict=True)
                return {
                    column.header: cell.pence or 0
                    for column, cell in pairs
                    if isinstance(cell, AmountCell) and column.compute != "difference"
                }
        return {}
