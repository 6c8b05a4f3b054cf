"""Tables whose rows are sections, with chosen lines taken out and printed apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xlframework.appendix.compose.choose import criterion_of, meets, of_blocks
from xlframework.appendix.compose.order import group_key
from xlframework.appendix.compose.records import (
    AmountCell,
    Criterion,
    LineSum,
    PrintedWords,
    SectionSum,
    TableCell,
    TableRow,
)
from xlframework.appendix.compose.sums import with_total
from xlframework.appendix.compose.words import blank_cell, spelt, word_cell
from xlframework.appendix.layout import Column, Layout
from xlframework.model.budget import Budget, Line, Origin, matching
from xlframework.rules.subtotals import SectionKey, SectionTotals, key_of, total_up


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every row is made from.

    Attributes:
        layout: how it prints.
        blocks: the blocks that it prints, as they are spelt.
        lines: the lines of those blocks.
        apart: what the lines of each row apart are chosen by.
        printed: the table `Printed`.
    """

    layout: Layout
    blocks: tuple[str, ...]
    lines: tuple[Line, ...]
    apart: tuple[Criterion, ...]
    printed: PrintedWords


def section_rows(layout: Layout, budget: Budget, printed: PrintedWords) -> tuple[TableRow, ...]:
    """Give a row for each section, then one for each kind of lines that stands apart.

    Args:
        layout: how it prints.
        budget: with a section for every line.
        printed: the table `Printed`.
    """
    blocks = (section.block for section in budget.sections if of_blocks(layout, section.block))
    setting = _Setting(
        layout,
        tuple(dict.fromkeys(blocks)),
        tuple(line for line in budget.lines if of_blocks(layout, line.block)),
        tuple(_as_spelt(criterion_of(each), budget) for each in layout.apart),
        printed,
    )
    origins = {key_of(each): each.origin for each in budget.sections}
    rows = [
        _section_row(setting, members, origins.get(_key(members[0])))
        for members in _groups(layout, total_up(budget).sections)
    ]
    rows += [
        _apart_row(setting, each.label, criterion)
        for each, criterion in zip(layout.apart, setting.apart, strict=True)
    ]
    return with_total(layout, rows)


def _as_spelt(criterion: Criterion, budget: Budget) -> Criterion:
    """Name the column as `Lines` has it, so that formulas find it in every program."""
    words = budget.lines[0].words if budget.lines else {}
    return Criterion(spelt(words, criterion.field), criterion.text, criterion.begins)


def _groups(layout: Layout, sections: Sequence[SectionTotals]) -> list[list[SectionTotals]]:
    groups: dict[SectionKey, list[SectionTotals]] = {}
    for each in sections:
        if of_blocks(layout, each.block):
            groups.setdefault(group_key(layout, _key(each)), []).append(each)
    return list(groups.values())


def _key(section: SectionTotals) -> SectionKey:
    return matching(section.block), matching(section.section)


def _section_row(
    setting: _Setting, members: Sequence[SectionTotals], origin: Origin | None
) -> TableRow:
    keys = {_key(each) for each in members}
    out = [
        line
        for line in setting.lines
        if key_of(line) in keys and any(meets(each, line) for each in setting.apart)
    ]

    def amount(header: str) -> AmountCell:
        pence = sum(each.pence.get(header, 0) for each in members)
        pence -= sum(line.pence(header) for line in out)
        names = tuple((each.block, each.section) for each in members)
        return AmountCell(pence, source=SectionSum(header, names, setting.apart))

    words = {"Section": members[0].section, "Block": members[0].block}
    return _row(setting, words, amount, origin)


def _apart_row(setting: _Setting, label: str, criterion: Criterion) -> TableRow:
    chosen = [line for line in setting.lines if meets(criterion, line)]

    def amount(header: str) -> AmountCell:
        blocks = setting.blocks if setting.layout.blocks else ()
        pence = sum(line.pence(header) for line in chosen)
        return AmountCell(pence, source=LineSum(header, criterion, blocks))

    origin = chosen[0].origin if chosen else None
    return _row(setting, {"Section": label}, amount, origin)


def _row(
    setting: _Setting,
    words: Mapping[str, str],
    amount: Callable[[str], AmountCell],
    origin: Origin | None,
) -> TableRow:
    key = words["Section"]

    def cell(column: Column) -> TableCell:
        if column.amount is not None:
            return amount(column.amount)
        if column.kind != "words":
            return blank_cell(column)
        return word_cell(setting.layout, column, key, words, setting.printed)

    cells = tuple(cell(column) for column in setting.layout.column)
    return TableRow("line", cells, key=key, origin=origin)
