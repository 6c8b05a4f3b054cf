"""Which lines print together, and the entered amounts of sections without lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from xlframework.appendix.compose.choose import of_blocks
from xlframework.appendix.compose.order import group_key, lines_in_order
from xlframework.appendix.compose.records import PrintedWords
from xlframework.appendix.layout import Layout
from xlframework.model.budget import Budget, Line, Section
from xlframework.rules.subtotals import SectionKey, in_print_order, key_of


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that print together.

    Attributes:
        block: the block that a heading names.
        section: the section that a heading and a subtotal name.
        lines: in printed order.
        sections: those of its sections that have entered amounts, to be counted.
    """

    block: str
    section: str
    lines: tuple[Line, ...]
    sections: tuple[Section, ...] = ()

    def entered(self, header: str) -> tuple[Section, ...]:
        """List the sections whose amount in a column was entered."""
        return tuple(each for each in self.sections if isinstance(each.entered.get(header), int))


def groups(layout: Layout, budget: Budget, printed: PrintedWords) -> Iterator[Group]:
    """Give the lines of a table, those together that print together, in printed order.

    Args:
        layout: how it prints.
        budget: with a section for every line.
        printed: the table `Printed`.
    """
    lines: dict[SectionKey, list[Line]] = {}
    for line in lines_in_order(layout, budget, printed):
        lines.setdefault(group_key(layout, key_of(line)), []).append(line)
    if layout.group != "section":
        for members in lines.values():
            yield Group(members[0].block, "", tuple(members))
        return
    sections: dict[SectionKey, list[Section]] = {}
    for section in in_print_order(budget.sections):
        if of_blocks(layout, section.block):
            sections.setdefault(group_key(layout, key_of(section)), []).append(section)
    for key, parts in sections.items():
        members = lines.pop(key, [])
        entered = tuple(each for each in parts if _has_entered(layout, each))
        if members:
            yield Group(members[0].block, members[0].section, tuple(members), entered)
        elif entered and layout.subtotal is not None:
            yield Group(parts[0].block, parts[0].name, (), entered)
    # What is left names no section, and prints last.
    for members in lines.values():
        yield Group(members[0].block, members[0].section, tuple(members))


def _has_entered(layout: Layout, section: Section) -> bool:
    """Tell whether a section has an entered amount in a column that a table of lines prints.

    A table that prints only chosen lines has no place for it.
    """
    if layout.where:
        return False
    headers = (column.amount for column in layout.column if column.amount is not None)
    return any(isinstance(section.entered.get(header), int) for header in headers)


def entered_pence(section: Section, header: str) -> int:
    """Give a section's entered amount in pence; nought where it has none."""
    amount = section.entered.get(header)
    return amount if isinstance(amount, int) else 0


def left_out(layout: Layout, budget: Budget) -> Iterator[tuple[str, Section]]:
    """List entered amounts that a table of lines leaves out, because it has no subtotal rows.

    Args:
        layout: what is asked for.
        budget: with a section for every line.

    Returns:
        Each amount's column and section. A table of chosen lines leaves them out on
        purpose, so it has none.
    """
    if layout.rows != "lines" or layout.subtotal is not None or layout.where:
        return
    headers = dict.fromkeys(each.amount for each in layout.column if each.amount is not None)
    for section in budget.sections:
        for header in headers:
            if of_blocks(layout, section.block) and entered_pence(section, header):
                yield header, section
