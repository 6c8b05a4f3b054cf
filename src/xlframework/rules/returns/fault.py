"""A fault at one cell, and how faults of one kind become one finding."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from xlframework.ground.finding import Finding
from xlframework.ground.place import Place, cell_name, column_letters
from xlframework.model.catalogue import Catalogue
from xlframework.model.returns import Entry, Position


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found at one cell, or about a whole sheet or file.

    Attributes:
        message: what is wrong, in one sentence without a full stop.
        sheet: the sheet; None for the whole file.
        row: from 1; None for the whole sheet or file.
        column: from 1; None likewise.
        together: what is wrong where several cells have the same fault; `{cells}` stands
            for how many there are. Faults of one rule with the same text become one
            finding; the empty text keeps a fault by itself.
        expected: what should stand there.
        found: what stands there.
        difference: found less expected.
        fix: what to do; None for the rule's own advice.
        cells: the cells of a fault that stands at no single one, such as `A14:K16`; they
            may have faults of their own besides.
    """

    message: str
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    together: str = ""
    expected: str | None = None
    found: str | None = None
    difference: str | None = None
    fix: str | None = None
    cells: str | None = None

    @property
    def position(self) -> Position | None:
        """The cell it stands at; None where it stands at no single cell."""
        if self.sheet is None or self.row is None or self.column is None:
            return None
        return self.sheet, self.row, self.column


def fault_at(  # noqa: PLR0913 - a fault has that many parts, and most are optional
    entry: Entry,
    message: str,
    *,
    together: str = "",
    expected: str | None = None,
    found: str | None = None,
    difference: str | None = None,
    fix: str | None = None,
) -> Fault:
    """Make a fault of a cell that was read."""
    return Fault(
        message,
        entry.sheet,
        entry.row,
        entry.column,
        together,
        expected,
        found,
        difference,
        fix,
    )


def as_findings(
    rule: str, file: str, faults: Iterable[Fault], catalogue: Catalogue
) -> Iterator[Finding]:
    """Turn the faults of one rule into findings: the same fault in many cells into one.

    Args:
        rule: its id.
        file: the return's name.
        faults: in the order they were found.
        catalogue: for severity and advice.
    """
    groups: dict[object, list[Fault]] = {}
    for number, fault in enumerate(faults):
        is_alone = not fault.together or fault.position is None
        key = number if is_alone else (fault.sheet, fault.together, fault.fix)
        groups.setdefault(key, []).append(fault)
    for members in groups.values():
        yield _finding(rule, file, members, catalogue)


def _finding(rule: str, file: str, members: list[Fault], catalogue: Catalogue) -> Finding:
    first = members[0]
    message = first.message
    if len(members) > 1:
        message = first.together.replace("{cells}", str(len(members)))
    return catalogue.finding(
        rule,
        Place(file, first.sheet, cells_text(members) or first.cells),
        message,
        expected=_shared(member.expected for member in members),
        found=_shared(member.found for member in members),
        difference=_shared(member.difference for member in members),
        fix=first.fix,
    )


_MOST_SHOWN = 3


def _shared(texts: Iterable[str | None]) -> str | None:
    """Say what the cells have in common, or the first few that differ."""
    distinct = list(dict.fromkeys(text for text in texts if text is not None))
    if not distinct:
        return None
    more = ", ..." if len(distinct) > _MOST_SHOWN else ""
    return ", ".join(distinct[:_MOST_SHOWN]) + more


def cells_text(members: Iterable[Fault]) -> str | None:
    """Write the cells of faults as `F12`, `F12:F14` or `F12,F20`, column by column."""
    cells = sorted({(at[2], at[1]) for each in members if (at := each.position) is not None})
    if not cells:
        return None
    rows: dict[tuple[int, int], list[int]] = {}
    for column, first, last in _runs(cells):
        rows.setdefault((first, last), []).append(column)
    written = []
    for (first, last), columns in rows.items():
        for left, right in spans(columns):
            start, end = cell_name(first, left), f"{column_letters(right)}{last}"
            written.append(start if start == end else f"{start}:{end}")
    return ",".join(written)


def _runs(cells: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Give the unbroken runs of rows of each column: column, first row, last row."""
    start = cells[0]
    for before, after in pairwise([*cells, (0, 0)]):
        if after != (before[0], before[1] + 1):
            yield start[0], start[1], before[1]
            start = after


def spans(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Give the unbroken runs of numbers that rise, first and last."""
    for _, run in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]
