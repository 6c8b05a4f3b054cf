"""Section subtotals, block totals and grand totals, counted as Excel's SUMIFS counts them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from xlframework.model.budget import Budget, Line, Section, matching

SectionKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SectionTotals:
    """What one section comes to.

    Attributes:
        block: its block.
        section: its name.
        pence: by amount column; an entered amount where no line has one.
        entered: the columns whose amount was typed, not summed.
    """

    block: str
    section: str
    pence: Mapping[str, int]
    entered: frozenset[str]


@dataclass(frozen=True, slots=True)
class Totals:
    """The budget added up.

    Attributes:
        headers: the amount columns.
        sections: in printed order.
        blocks: pence by amount column, by block, in printed order.
        grand: pence by amount column.
    """

    headers: tuple[str, ...]
    sections: tuple[SectionTotals, ...]
    blocks: Mapping[str, Mapping[str, int]]
    grand: Mapping[str, int]


def key_of(record: Line | Section) -> SectionKey:
    """Give what a line and its section have in common, folded as SUMIFS folds it."""
    name = record.section if isinstance(record, Line) else record.name
    return matching(record.block), matching(name)


def missing_sections(budget: Budget) -> tuple[Section, ...]:
    """List sections that lines name but `Sections` does not hold, in the order of the lines.

    Their order continues after the last one in steps of ten.
    """
    known = {key_of(section) for section in budget.sections}
    firsts: dict[SectionKey, Line] = {}
    for line in budget.lines:
        if line.block and line.section and key_of(line) not in known:
            firsts.setdefault(key_of(line), line)
    last = max((section.order or Decimal(0) for section in budget.sections), default=Decimal(0))
    return tuple(
        Section(last + 10 * number, line.block, line.section, {}, line.origin)
        for number, line in enumerate(firsts.values(), start=1)
    )


def with_missing_sections(budget: Budget) -> Budget:
    """Give the budget with a section for every line."""
    return replace(budget, sections=(*budget.sections, *missing_sections(budget)))


def in_print_order(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Sort sections by their order, keeping each block together; without an order, last."""
    listed = list(sections)
    blocks: dict[str, tuple[bool, Decimal]] = {}
    for section in listed:
        rank = _rank(section)
        name = matching(section.block)
        blocks[name] = min(blocks.get(name, rank), rank)
    first_seen = {name: number for number, name in enumerate(blocks)}

    def place(section: Section) -> tuple[object, ...]:
        name = matching(section.block)
        return (blocks[name], first_seen[name], _rank(section))

    return tuple(sorted(listed, key=place))


def _rank(section: Section) -> tuple[bool, Decimal]:
    return section.order is None, section.order or Decimal(0)


def line_sums(budget: Budget) -> Mapping[SectionKey, Mapping[str, int]]:
    """Add up the lines by section and amount column, in pence.

    The column `Shared with` is never looked at: a shared amount stands once, on
    the line that carries it.
    """
    sums: defaultdict[SectionKey, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in budget.lines:
        for header in budget.headers:
            sums[key_of(line)][header] += line.pence(header)
    return sums


def total_up(budget: Budget) -> Totals:
    """Add up the whole budget.

    Args:
        budget: with a section for every line (see `with_missing_sections`).

    Returns:
        Subtotals, block totals and grand totals in pence.
    """
    sums = line_sums(budget)
    sections = tuple(
        _section_totals(section, sums.get(key_of(section), {}), budget.headers)
        for section in in_print_order(budget.sections)
    )
    blocks: dict[str, dict[str, int]] = {}
    spelling: dict[str, str] = {}
    for totals in sections:
        name = spelling.setdefault(matching(totals.block), totals.block)
        block = blocks.setdefault(name, dict.fromkeys(budget.headers, 0))
        for header in budget.headers:
            block[header] += totals.pence[header]
    grand = {header: sum(block[header] for block in blocks.values()) for header in budget.headers}
    return Totals(budget.headers, sections, blocks, grand)


def _section_totals(
    section: Section, sums: Mapping[str, int], headers: tuple[str, ...]
) -> SectionTotals:
    entered = {
        header: amount for header, amount in section.entered.items() if isinstance(amount, int)
    }
    pence = {header: entered.get(header, sums.get(header, 0)) for header in headers}
    return SectionTotals(section.block, section.name, pence, frozenset(entered))
