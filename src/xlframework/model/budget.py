"""The commissioning budget: lines, sections and the amounts they hold, each with its origin."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from xlframework.ground.financial_year import AmountColumn
from xlframework.ground.place import Place, cell_name

UnreadReason = Literal[
    "text", "error", "date", "logical", "fraction", "large", "not calculated", "circular"
]


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that holds something, but no amount that can be trusted.

    Attributes:
        reason: why it is no amount.
        shown: what the person sees in the cell.
    """

    reason: UnreadReason
    shown: str


# Pence; None for blank, which is not nought; Unread, which is neither.
Amount = int | None | Unread

Word = str | date


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands: its row in a table of a workbook or in a CSV file.

    Attributes:
        file: the file's name.
        sheet: the sheet's name; None for a CSV file.
        row: the row on the sheet, or the line of the file, from 1.
        columns: each header's column on the sheet, from 1.
    """

    file: str
    sheet: str | None
    row: int
    columns: Mapping[str, int]

    def place(self, header: str | None = None) -> Place:
        """Give the place of one cell of the row, or of the row's first cell."""
        if self.sheet is None:
            return Place(self.file, None, f"line {self.row}")
        column = self.columns.get(header) if header is not None else None
        first = min(self.columns.values(), default=1)
        return Place(self.file, self.sheet, cell_name(self.row, column or first))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the budget.

    Attributes:
        line_id: its identifier; blank where none was given.
        order: where layouts print it; None where none was given.
        block: the block it belongs to (Commissioning, External grants).
        section: its section within the block.
        area_code: the GSS code of the area it funds, or blank.
        shared_with: the Line ID whose amount covers this line too, or blank.
        words: every column that holds text or a date, by header.
        amounts: every amount column, by header, in pence.
        origin: where the line stands.
    """

    line_id: str
    order: Decimal | None
    block: str
    section: str
    area_code: str
    shared_with: str
    words: Mapping[str, Word]
    amounts: Mapping[str, Amount]
    origin: Origin

    def pence(self, header: str) -> int:
        """Give the amount that sums count: blank and unread count as nothing, as in Excel."""
        amount = self.amounts.get(header)
        return amount if isinstance(amount, int) else 0


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a block.

    Attributes:
        order: where it prints; None where none was given.
        block: its block.
        name: its name.
        entered: amounts typed in place of a subtotal, by amount column, in pence.
            A column whose cell holds a live subtotal or nothing is not in it.
        origin: where the section stands.
    """

    order: Decimal | None
    block: str
    name: str
    entered: Mapping[str, Amount]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Budget:
    """Everything that subtotals are made from.

    Attributes:
        columns: the amount columns of `Lines`, in the order they stand.
        lines: the lines, in the order of the rows.
        sections: the sections, in the order of the rows.
        area_codes: the codes in `Areas`.
        lists: what each coded column may hold, by header.
    """

    columns: tuple[AmountColumn, ...]
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    area_codes: frozenset[str] = frozenset()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def headers(self) -> tuple[str, ...]:
        """The amount columns' headers."""
        return tuple(str(column) for column in self.columns)


def matching(text: str) -> str:
    """Fold a name as Excel's SUMIFS does when it compares: blind to case only."""
    return text.casefold()
