"""What a comparison of two budgets consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from xlframework.model.budget import Line

Status = Literal[
    "added", "removed", "changed", "reduced to zero", "renamed (proposed)", "unchanged"
]

STATUSES: tuple[Status, ...] = (
    "added",
    "removed",
    "changed",
    "reduced to zero",
    "renamed (proposed)",
    "unchanged",
)

MatchedBy = Literal["Line ID", "service and provider", "proposal"]


@dataclass(frozen=True, slots=True)
class ColumnPair:
    """An amount column of the old budget and the one of the new that it is held against."""

    old: str
    new: str

    def __str__(self) -> str:
        """Say the pair: one header where both have it, else both."""
        return self.new if self.old == self.new else f"{self.new} against {self.old}"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which amount columns are compared.

    Attributes:
        pairs: what is held against what.
        only_old: columns that only the old budget has, and that are in no pair,
        only_new: and those of the new one.
        assumed: whether the pair is our choice, because the two have no column in common.
    """

    pairs: tuple[ColumnPair, ...]
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class WordChange:
    """A column of words that differs: its header, and both texts as they stand."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LineChange:
    """What became of one line.

    Attributes:
        status: in a word.
        old: the line as it was; None where it is new.
        new: the line as it is; None where it is gone.
        matched_by: what says that the two are one line.
        words: what differs beside the amounts.
        why: what a proposed rename rests on.
        if_right: what became of the line if the proposal is right.
        covered_before: by amount column, the Line ID whose amount covered the line too,
        covered_after: and now covers it.
    """

    status: Status
    old: Line | None = None
    new: Line | None = None
    matched_by: MatchedBy | None = None
    words: tuple[WordChange, ...] = ()
    why: tuple[str, ...] = ()
    if_right: Status | None = None
    covered_before: Mapping[str, str] = field(default_factory=dict)
    covered_after: Mapping[str, str] = field(default_factory=dict)

    @property
    def line(self) -> Line:
        """The line as it is, or as it was where it is gone.

        Raises:
            ValueError: if there is neither.
        """
        line = self.new if self.new is not None else self.old
        if line is None:
            raise ValueError("a change is that of a line")
        return line


@dataclass(frozen=True, slots=True)
class Movement:
    """A sum before and after.

    Attributes:
        pair: the columns.
        before: pence; None where the old budget has no such section.
        after: pence; None where the new one has none.
    """

    pair: ColumnPair
    before: int | None
    after: int | None

    @property
    def is_there(self) -> bool:
        """Whether either budget has such a section."""
        return self.before is not None or self.after is not None

    @property
    def change(self) -> int:
        """After less before, in pence; a section that is not there counts as nought."""
        return (self.after or 0) - (self.before or 0)

    @property
    def percent(self) -> Fraction | None:
        """The change in per cent of what was before; None where that was nought."""
        return Fraction(100 * self.change, self.before) if self.before else None


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of a section.

    Attributes:
        block: its block, as the new budget spells it where it has it.
        section: its name.
        movements: a sum for each pair of columns.
        lines: its lines; a line that moved stands in its new section.
    """

    block: str
    section: str
    movements: tuple[Movement, ...]
    lines: tuple[LineChange, ...]


@dataclass(frozen=True, slots=True)
class ReusedId:
    """A Line ID that both budgets give, but not to the same line."""

    old: Line
    new: Line


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two budgets compared.

    Attributes:
        columns: which amounts were compared.
        sections: in the order of the new budget, those that are gone last.
        totals: everything added up, a movement for each pair of columns.
        only_old: the old budget's totals of columns that the new one has not, in pence,
        only_new: and the other way round.
        unlisted_old: lines before of which nothing can be told, because the new budget
            gives only a subtotal where they would stand,
        unlisted_new: and lines after, likewise.
        reused: Line IDs that stand for other lines now.
        by_ids: whether Line IDs told lines apart; None where the two share none.
    """

    columns: Columns
    sections: tuple[SectionChange, ...]
    totals: tuple[Movement, ...]
    only_old: Mapping[str, int]
    only_new: Mapping[str, int]
    unlisted_old: tuple[Line, ...] = ()
    unlisted_new: tuple[Line, ...] = ()
    reused: tuple[ReusedId, ...] = ()
    by_ids: bool | None = None

    @property
    def lines(self) -> tuple[LineChange, ...]:
        """Every line, section by section."""
        return tuple(line for section in self.sections for line in section.lines)

    def count(self, status: Status) -> int:
        """Count the lines of one status."""
        return sum(line.status == status for line in self.lines)
