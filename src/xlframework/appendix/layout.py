"""The layout of a published table, as declared under `templates/appendix/`."""

import re
from typing import Literal

import msgspec

from xlframework.model.declarations import Declaration

RowSource = Literal["lines", "years", "sections", "areas", "forward plan"]
Computation = Literal["total", "award", "difference", "percent increase"]
CellKind = Literal["words", "amount", "percent"]


class Column(Declaration, frozen=True):
    """A printed column; exactly one of its keys says what stands in it.

    Attributes:
        header: as printed; no two columns have one header.
        field: the column of `Lines`, `Areas`, `Sections` or `Forward_plan` that it prints,
        fields: or several, joined by `join`; a blank one leaves no join,
        printed: or nothing but what the table `Printed` has for it,
        amount: or the amount column, such as 2024/25 Budget,
        year: or the row's financial year, written so: 2018/19 or 2018-19,
        compute: or an amount or percentage that is worked out.
        of: the printed header of the amounts that a difference or percentage is of.
        since: the printed header of the amounts that it is measured from; None
            for the row above.
        join: what stands between `fields`.
        decimals: how many decimals an amount or percentage prints with.
        width: in characters.
        words: what certain words print as, such as Medium as Med.
        blank: what a blank amount prints as.
        zero: what an amount of nought prints as; None for a plain 0.
    """

    header: str
    field: str | None = None
    fields: tuple[str, ...] = ()
    printed: bool = False
    amount: str | None = None
    year: Literal["2018/19", "2018-19"] | None = None
    compute: Computation | None = None
    of: str | None = None
    since: str | None = msgspec.field(name="from", default=None)
    join: str = " \N{EN DASH} "
    decimals: Literal[0, 1, 2] | None = None
    width: float = 16
    words: dict[str, str] | None = None
    blank: str = ""
    zero: str | None = None

    @property
    def kind(self) -> CellKind:
        """What its cells hold."""
        if self.compute == "percent increase":
            return "percent"
        is_amount = self.amount is not None or self.compute is not None
        return "amount" if is_amount else "words"

    @property
    def places(self) -> int:
        """How many decimals it prints with."""
        usual = 1 if self.kind == "percent" else 0
        return usual if self.decimals is None else self.decimals

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns of the workbook's table whose words it prints."""
        return (self.field,) if self.field is not None else self.fields


class Heading(Declaration, frozen=True):
    """Heading rows.

    Attributes:
        by: whether each block, each section, or each month of the forward plan gets one.
        column: the header of the column that shows it.
        words: what certain names print as; the empty text leaves that heading out.
    """

    by: Literal["block", "section", "ends"]
    column: str
    words: dict[str, str] | None = None


class Subtotal(Declaration, frozen=True):
    """Subtotal rows, one below each section.

    Attributes:
        label: as printed; `{section}` stands for the section's name.
        column: the header of the column that shows it.
        words: whole labels of certain sections.
        empty: what the row's other word cells print.
    """

    label: str
    column: str
    words: dict[str, str] | None = None
    empty: str = ""


class Total(Declaration, frozen=True):
    """The total row at the end.

    Attributes:
        label: as printed.
        column: the header of the column that shows it.
        empty: what the row's other word cells print.
    """

    label: str
    column: str
    empty: str = ""


class Shared(Declaration, frozen=True):
    """What is said where an amount stands on another line.

    Attributes:
        above: where that line is printed directly above.
        elsewhere: otherwise; `{service}` stands for that line's service.
    """

    above: str = "included above"
    elsewhere: str = "included with {service}"


class Where(Declaration, frozen=True):
    """A condition that a line must meet to be printed, on a column of words or of amounts.

    Attributes:
        field: the column of `Lines` whose words are looked at,
        begins: and what they begin with,
        equals: or what they are, blind to case.
        amount: or the amount column that is looked at,
        says: and what the amount must be. An amount that another line carries is not blank.
    """

    field: str | None = None
    begins: str | None = None
    equals: str | None = None
    amount: str | None = None
    says: Literal["above zero", "zero or blank"] | None = msgspec.field(name="is", default=None)


class Apart(Declaration, frozen=True):
    """Lines that are taken out of their sections and printed as one row after them.

    Attributes:
        label: what stands under the section's column.
        field: the column of `Lines` whose words are looked at,
        begins: and what they begin with,
        equals: or what they are, blind to case.
    """

    label: str
    field: str
    begins: str | None = None
    equals: str | None = None


class Layout(Declaration, frozen=True):
    """A published table.

    Attributes:
        name: the file's name without its ending.
        title: what stands above it.
        sheet: the tab of its sheet in the workbook.
        description: what it shows, for whoever chooses a layout.
        source: where the layout was published.
        rows: what a printed row is.
        blocks: the blocks it prints; none for all.
        years: the amount columns that are rows, in this order; none for all.
        sort: the column of `Areas` by whose words the areas are sorted.
        column: its columns in order.
        group: whether lines are printed section by section, or by their order alone.
        across_blocks: whether sections of one name in several blocks print as one.
        where: conditions that a line must meet to be printed.
        apart: lines that a table of sections prints in rows of their own.
        heading: kinds of heading rows, the outer one first.
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
    rows: RowSource = "lines"
    blocks: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    sort: str | None = None
    group: Literal["none", "section"] = "none"
    across_blocks: bool = False
    where: tuple[Where, ...] = ()
    apart: tuple[Apart, ...] = ()
    heading: tuple[Heading, ...] = ()
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

    def headed_by(self, what: Literal["block", "section", "ends"]) -> Heading | None:
        """Give the heading rows of a kind; None where there are none."""
        return next((each for each in self.heading if each.by == what), None)
