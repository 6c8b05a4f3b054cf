"""A return as it was read, what its form was issued with, and what it is checked against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from xlframework.ground.place import Area, Place, cell_name
from xlframework.model.budget import Amount, Line

# Of a cell that the form has a formula in: as issued (or rewritten by another program to
# say the same), another formula, a constant in its place, or nothing at all.
FormulaState = Literal["as issued", "changed", "replaced", "cleared"]

# Why a submitted file could not be taken for a return.
Trouble = Literal[
    "missing",
    "empty file",
    "old format",
    "other format",
    "not a workbook",
    "encrypted",
    "damaged",
    "too large",
    "unsafe",
    "no form",
]


class Entry(NamedTuple):
    """One cell of a return as read.

    Attributes:
        sheet: the sheet it stands on.
        row: from 1.
        column: from 1.
        text: what the person sees; the empty text for a blank cell. Outer spaces are kept.
        amount: of a cell that is to hold money: pence, None for blank, or Unread. A
            formula without a stored value that is as issued gives None here.
        day: of a cell that is to hold a date: the day; None where it holds none.
        formula: what the person typed or the program stored, without the equals sign.
        state: of a cell that the form has a formula in; None for any other cell.
    """

    sheet: str
    row: int
    column: int
    text: str
    amount: Amount = None
    day: date | None = None
    formula: str | None = None
    state: FormulaState | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands there; spaces alone are nothing."""
        return not self.text.strip() and self.formula is None

    @property
    def cell(self) -> str:
        """Its address."""
        return cell_name(self.row, self.column)


Position = tuple[str, int, int]


def position(entry: Entry) -> Position:
    """Give a cell's sheet, row and column, by which it is told from every other."""
    return entry.sheet, entry.row, entry.column


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One row of the form's table.

    Attributes:
        number: its row on the sheet.
        entries: its cells by declared header; a column that is missing is not in it.
        filled: whether the partner, or we, put anything in it besides formulas.
    """

    number: int
    entries: Mapping[str, Entry]
    filled: bool


@dataclass(frozen=True, slots=True)
class Header:
    """A header of the table as it stands.

    Attributes:
        text: as the person sees it.
        row: on the sheet.
        column: on the sheet.
        declared: the declared header that the column was taken for; None for a column
            that the form does not have. A renamed column is taken for the declared one
            whose place it stands in.
    """

    text: str
    row: int
    column: int
    declared: str | None


@dataclass(frozen=True, slots=True)
class Structure:
    """How the workbook of a return is built, where it differs from the form as issued.

    Attributes:
        sheet: the name of the sheet that the table stands on, as it is now.
        sheet_position: its place among the tabs, from 0.
        table: the Excel table's range; None where the table is gone and its rows were
            found by their headers.
        area: the range that was read: header row, and all rows down to the last filled one.
        headers: every header as it stands, from left to right.
        missing: declared headers that no column was taken for.
        missing_names: declared named cells that are gone (and were found by their label,
            or not at all).
        below: rows under the table that hold something, with their first filled column.
        merged: merged ranges that touch a named cell or the table.
        hidden_sheets: sheets that the form does not hide,
        hidden_rows: rows of the form's sheet that it does not hide,
        hidden_columns: and columns.
        links: other workbooks that the file refers to.
        macros: whether it holds macros.
        copies: other sheets that hold the form's table too, and were not read.
    """

    sheet: str
    sheet_position: int
    table: Area | None
    area: Area
    headers: tuple[Header, ...]
    missing: tuple[str, ...] = ()
    missing_names: tuple[str, ...] = ()
    below: tuple[tuple[int, int], ...] = ()
    merged: tuple[Area, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    links: tuple[str, ...] = ()
    macros: bool = False
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """A return as read.

    Attributes:
        file: its name as the person gave it, for messages.
        form: the id of the form that it was recognised as.
        version: what it says its version is; blank where it does not say.
        fields: its named cells by declared name; one that was not found is not in it.
        rows: every row of the table from top to bottom, the empty ones too.
        structure: how it is built.
        saved: when a program last saved it, as the file says, such as
            `2024-07-15T09:30:00Z`; blank where it does not say.
    """

    file: str
    form: str
    version: str
    fields: Mapping[str, Entry]
    rows: tuple[ReturnRow, ...]
    structure: Structure
    saved: str = ""

    @property
    def filled(self) -> tuple[ReturnRow, ...]:
        """The rows that hold something."""
        return tuple(row for row in self.rows if row.filled)

    def place(self, entry: Entry) -> Place:
        """Give the place of a cell."""
        return Place(self.file, entry.sheet, entry.cell)


@dataclass(frozen=True, slots=True)
class Refused:
    """A submitted file that could not be taken for a return.

    Attributes:
        file: its name as the person gave it.
        trouble: why.
        message: what is wrong, as a sentence without the file's name and a full stop.
        fix: what to do; blank for the rule's own advice.
        opened: whether it is a workbook that could be opened all the same.
    """

    file: str
    trouble: Trouble
    message: str
    fix: str = ""
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Locality:
    """An area as the workbook's table `Areas` names it; each part may be blank.

    Attributes:
        code: its GSS code.
        name: its name.
        csp: the name of its Community Safety Partnership.
        authority: its lead authority.
    """

    code: str
    name: str
    csp: str
    authority: str


@dataclass(frozen=True, slots=True)
class IssuedLine:
    """A budget line that a partner is asked about.

    Attributes:
        line_id: its ID.
        service: what it is called in the form.
        budget: pence.
        line: the line itself, with section, funding, reach and area code.
    """

    line_id: str
    service: str
    budget: int
    line: Line


@dataclass(frozen=True, slots=True)
class Covered:
    """A line that is not asked for, because another line's amount covers it."""

    line_id: str
    service: str
    by: str


@dataclass(frozen=True, slots=True)
class Issued:
    """What one partner's form is issued with.

    Attributes:
        form: the form's id.
        year: such as `2024/25`.
        organisation: the partner.
        area: the name of its area; blank for a provider's form.
        area_code: its GSS code; blank for a provider's form.
        award: pence; for a provider, all its budgets together.
        lines: the lines that the award consists of, in the order that layouts print.
        covered: the partner's lines that another line's amount covers.
    """

    form: str
    year: str
    organisation: str
    area: str
    area_code: str
    award: int
    lines: tuple[IssuedLine, ...]
    covered: tuple[Covered, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A partner, area or line that gets no form, and why.

    Attributes:
        what: its name.
        why: the reason, as the end of a sentence.
        lines: the IDs of the lines that nobody is asked about therefore.
    """

    what: str
    why: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Against:
    """A commissioning workbook that returns are compared with.

    Attributes:
        file: its name.
        issued: what every partner's form would be issued with now, form by form and
            year by year.
        lines: all its lines, for provision that is funded already.
        localities: the areas, for the names that a line's reach may go by.
    """

    file: str
    issued: tuple[Issued, ...]
    lines: tuple[Line, ...]
    localities: tuple[Locality, ...] = ()
