"""A form that partners fill in, as declared in `templates/returns/*.toml`."""

from collections.abc import Mapping
from typing import Literal

from xlframework.ground.money import PENCE_IN_A_POUND
from xlframework.model.declarations import Declaration

# What a named cell is for. Those that we fill in are checked against the workbook.
FieldRole = Literal[
    "form",
    "version",
    "organisation",
    "area",
    "area code",
    "year",
    "award",
    "period",
    "declared by",
    "declared on",
    "planned",
    "left",
]

# What a column is for, so that rules find it whatever its header is.
ColumnRole = Literal[
    "name",
    "priority",
    "provider",
    "planned",
    "line id",
    "service",
    "budget",
    "spent",
    "forecast",
    "outturn",
    "variance",
    "reason",
    "underspend",
]

Kind = Literal["text", "code", "money", "date"]

# One form a partner: for each area that has an award, or each provider that has lines.
Partners = Literal["areas", "providers"]


class Sum(Declaration, frozen=True):
    """How a figure is made of others; its formula in the form is written from this.

    In a row the names are headers of the table. In a named cell they are headers, which
    stand for the whole column's sum, or names of other named cells.

    Attributes:
        sum: what is added up.
        less: what is taken off.
        at_least: pounds below which the figure does not fall; None for no such floor.
    """

    sum: tuple[str, ...]
    less: tuple[str, ...] = ()
    at_least: int | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """Every name that the figure is made of."""
        return (*self.sum, *self.less)

    def of(self, amounts: Mapping[str, int]) -> int:
        """Work the figure out from its parts, in pence; what is not there counts as nought."""
        total = sum(amounts.get(name, 0) for name in self.sum)
        total -= sum(amounts.get(name, 0) for name in self.less)
        return total if self.at_least is None else max(total, self.at_least * PENCE_IN_A_POUND)


class FieldSpec(Declaration, frozen=True):
    """A named cell.

    Attributes:
        name: its workbook-wide name.
        label: what stands to its left.
        role: what it is for.
        kind: what it holds.
        filled: whether we fill it in and lock it; otherwise, without a formula, the
            partner does.
        formula: how it is worked out.
        list: the drop-down list it is filled from.
        required: whether an input cell must not be blank.
        help: what stands to its right, and shows when the cell is entered.
        hidden: whether its row does not show.
        above: the header of the column above which it stands, its label to the left of
            it; without one it stands in the sheet's second column.
    """

    name: str
    label: str
    role: FieldRole | None = None
    kind: Kind = "text"
    filled: bool = False
    formula: Sum | None = None
    list: str | None = None
    required: bool = True
    help: str = ""
    hidden: bool = False
    above: str | None = None

    @property
    def is_input(self) -> bool:
        """Whether the partner fills it in."""
        return not self.filled and self.formula is None


class ColumnSpec(Declaration, frozen=True):
    """A column of the form's table.

    Attributes:
        header: as it stands in the header row.
        role: what it is for.
        kind: what its cells hold.
        filled: whether we fill it in and lock it.
        formula: how it is worked out, row by row.
        list: the drop-down list it is filled from.
        required: whether an input cell must not be blank in a row that is filled in.
        nought: whether a blank in a filled row is most likely a nought that was not typed.
        quarter: the quarter of the year that its amounts belong to, 1 to 4.
        negative: whether its amounts may be below nought.
        due: what an input cell must hold when the period is the last of the year.
        width: in characters.
        help: what shows when a cell of it is entered.
    """

    header: str
    role: ColumnRole | None = None
    kind: Kind = "text"
    filled: bool = False
    formula: Sum | None = None
    list: str | None = None
    required: bool = False
    nought: bool = False
    quarter: int | None = None
    negative: bool = False
    due: Sum | None = None
    width: float = 14
    help: str = ""

    @property
    def is_input(self) -> bool:
        """Whether the partner fills it in."""
        return not self.filled and self.formula is None


class FormTable(Declaration, frozen=True):
    """The form's table.

    Attributes:
        name: of the Excel table.
        column: its columns in order.
        rows: how many empty rows it is issued with; 0 for one row a budget line.
    """

    name: str
    column: tuple[ColumnSpec, ...]
    rows: int = 0

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers in order."""
        return tuple(column.header for column in self.column)


class FormList(Declaration, frozen=True):
    """A drop-down list: its name, as columns and named cells refer to it, and its items."""

    name: str
    items: tuple[str, ...]

    @property
    def range_name(self) -> str:
        """The workbook-wide name that drop-downs refer to."""
        return "List_" + self.name.lower().replace(" ", "_")


class Period(Declaration, frozen=True):
    """A period that a return can be for.

    Attributes:
        name: as in the list.
        ended: how many quarters of the year have ended by then.
        last: whether the year is over, so that nothing is still to be spent.
    """

    name: str
    ended: int
    last: bool = False


class Permitted(Declaration, frozen=True):
    """Money that may only be spent on one kind of provision.

    Attributes:
        funding: as the column Funding of `Lines` has it.
        words: what a section or priority must hold one of, blind to case.
        source: who says so.
    """

    funding: str
    words: tuple[str, ...]
    source: str


class Limits(Declaration, frozen=True):
    """Figures that a rule compares with, in pounds.

    Attributes:
        largest: a larger amount in one cell is taken for a slip.
        variance: a variance beyond it, above or below, needs a reason.
        small_grant: a small grant stays below it.
        small_grant_words: by which a small grant is told, blind to case.
        size: the largest file that is opened, in megabytes.
        wide_reach: words by which a line's reach is told to cover every area.
    """

    largest: int
    variance: int | None = None
    small_grant: int | None = None
    small_grant_words: tuple[str, ...] = ()
    size: int = 20
    wide_reach: tuple[str, ...] = ("force", "all areas", "county-wide", "countywide")


class Form(Declaration, frozen=True):
    """A form.

    Attributes:
        name: its id, which is also the name of its file; stands in the form itself.
        version: of the form as declared here.
        title: what stands in A1.
        intro: one sentence under it.
        about: what the partner is to do, a sentence or two each; on a sheet of its own.
        partners: who gets one.
        field: its named cells, in order.
        table: its table, below them.
        limits: figures that rules compare with.
        earlier: versions that were issued before and are not taken any more.
        basis: the basis of the amount column that award and budgets are taken from.
        leave_out: providers that get no form.
        sheet: the name of its sheet.
        list: its drop-down lists.
        period: the periods it can be for; none if it is for the whole year.
        permitted: money that is tied to a kind of provision.
        without: rules that are not run on it.
    """

    name: str
    version: str
    title: str
    intro: str
    about: tuple[str, ...]
    partners: Partners
    field: tuple[FieldSpec, ...]
    table: FormTable
    limits: Limits
    earlier: tuple[str, ...] = ()
    basis: str = "Budget"
    leave_out: tuple[str, ...] = ()
    sheet: str = "Return"
    list: tuple[FormList, ...] = ()
    period: tuple[Period, ...] = ()
    permitted: tuple[Permitted, ...] = ()
    without: tuple[str, ...] = ()

    def field_for(self, role: FieldRole) -> FieldSpec | None:
        """Find the named cell that is for something."""
        return next((each for each in self.field if each.role == role), None)

    def column_for(self, role: ColumnRole) -> ColumnSpec | None:
        """Find the column that is for something."""
        return next((each for each in self.table.column if each.role == role), None)

    def items(self, name: str | None) -> tuple[str, ...]:
        """Give what a drop-down list offers; the periods for the list `Period`."""
        return next((each.items for each in self.lists() if each.name == name), ())

    def lists(self) -> tuple[FormList, ...]:
        """Give every drop-down list, the periods first."""
        periods = tuple(each.name for each in self.period)
        own = (FormList(name="Period", items=periods),) if periods else ()
        return (*own, *self.list)
