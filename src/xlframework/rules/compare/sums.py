"""Holds the subtotals and totals of two budgets against each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

from xlframework.model.budget import matching
from xlframework.rules.compare.records import ColumnPair, LineChange, Movement, SectionChange
from xlframework.rules.subtotals import SectionKey, SectionTotals, Totals


def section_changes(
    old: Totals,
    new: Totals,
    pairs: Sequence[ColumnPair],
    lines: Sequence[LineChange],
    *,
    by_block: bool,
) -> tuple[SectionChange, ...]:
    """Hold section against section, an amount that was entered like one that was summed.

    Args:
        old: the budget before, added up.
        new: the budget after.
        pairs: the compared columns.
        lines: every line; each goes under its section as it is now.
        by_block: whether sections of one name in two blocks are two sections.

    Returns:
        The sections of the new budget in their order, then those that are gone.
    """
    key = partial(section_key, by_block=by_block)
    before, after = _by_section(old, by_block=by_block), _by_section(new, by_block=by_block)
    held: defaultdict[SectionKey, list[LineChange]] = defaultdict(list)
    for change in lines:
        held[key(change.line.block, change.line.section)].append(change)
    return tuple(
        SectionChange(
            *_names(after.get(each) or before.get(each), held[each]),
            movements=tuple(
                Movement(pair, _sum(before.get(each), pair.old), _sum(after.get(each), pair.new))
                for pair in pairs
            ),
            lines=tuple(held[each]),
        )
        for each in dict.fromkeys((*after, *before, *held))
    )


def total_changes(old: Totals, new: Totals, pairs: Sequence[ColumnPair]) -> tuple[Movement, ...]:
    """Hold the grand totals of the compared columns against each other."""
    return tuple(Movement(pair, old.grand[pair.old], new.grand[pair.new]) for pair in pairs)


def section_key(block: str, section: str, *, by_block: bool) -> SectionKey:
    """Give what a section is found by in both budgets; without blocks, its name alone."""
    return (matching(block) if by_block else "", matching(section))


def _by_section(totals: Totals, *, by_block: bool) -> Mapping[SectionKey, Sequence[SectionTotals]]:
    found: defaultdict[SectionKey, list[SectionTotals]] = defaultdict(list)
    for each in totals.sections:
        found[section_key(each.block, each.section, by_block=by_block)].append(each)
    return found


def _names(
    sections: Sequence[SectionTotals] | None, lines: Sequence[LineChange]
) -> tuple[str, str]:
    """Give a section's block and name as they are spelt; of its lines, where it has no row."""
    if sections:
        return sections[0].block, sections[0].section
    return lines[0].line.block, lines[0].line.section


def _sum(sections: Sequence[SectionTotals] | None, header: str) -> int | None:
    if not sections:
        return None
    return sum(each.pence[header] for each in sections)
