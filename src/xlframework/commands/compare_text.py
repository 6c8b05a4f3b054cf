"""A comparison in words and tables, section by section, for a person who has to explain it."""

from collections.abc import Iterator, Sequence
from textwrap import fill

from xlframework.commands.allocate_text import amount_text, change_text
from xlframework.commands.compare_source import Side
from xlframework.commands.wording import plural, table_text
from xlframework.ground.exact import decimal_text
from xlframework.rules.compare.records import (
    STATUSES,
    ColumnPair,
    Comparison,
    LineChange,
    Movement,
    SectionChange,
)
from xlframework.rules.compare.said import (
    NO_LINE,
    amount_words,
    block_names,
    name_of,
    said_of,
    section_name,
    sources_said,
)

_WIDTH = 96
_INDENT = "      "


def comparison_text(comparison: Comparison, old: Side, new: Side) -> str:
    """Set out a comparison: what was compared, the lines that differ, the sums.

    Args:
        comparison: of two budgets.
        old: where the old budget comes from,
        new: and the new one.
    """
    with_block = block_names(comparison)
    pairs = comparison.columns.pairs
    sections = (_section_text(each, pairs, with_block=with_block) for each in comparison.sections)
    sums = (
        _sums_text(comparison, number, with_block=with_block)
        for number in range(len(comparison.totals))
    )
    return "\n\n".join([_heading(comparison, old, new), *filter(None, sections), *sums])


def _heading(comparison: Comparison, old: Side, new: Side) -> str:
    sides = [f"{each.name} ({plural(len(each.budget.lines), 'line')})" for each in (old, new)]
    return "\n".join(
        fill(text, _WIDTH)
        for text in (f"From {sides[0]} to {sides[1]}", *about(comparison, old, new))
    )


def about(comparison: Comparison, old: Side, new: Side) -> Iterator[str]:
    """Say what was compared with what, and how many lines have which status."""
    yield sources_said(comparison)
    for side, headers in ((old, comparison.only_old), (new, comparison.only_new)):
        if headers:
            yield f"Only {side.name} has {', '.join(headers)}."
    if comparison.lines:
        counts = [f"{comparison.count(status)} {status}" for status in STATUSES]
        yield f"Lines: {', '.join(counts)}."
    for lines, one, other in (
        (comparison.unlisted_old, old, new),
        (comparison.unlisted_new, new, old),
    ):
        if lines:
            number = plural(len(lines), "line")
            yield f"Not compared: {number} of {one.name}; {other.name} gives subtotals only there."


def _section_text(section: SectionChange, pairs: Sequence[ColumnPair], *, with_block: bool) -> str:
    """List the lines of a section that differ; the empty text where it has no lines."""
    if not section.lines:
        return ""
    news = [change for change in section.lines if change.status != "unchanged"]
    same = len(section.lines) - len(news)
    heading = section_name(section, with_block=with_block)
    parts = [f"{heading} ({same} unchanged)" if same else heading]
    parts += [line for change in news for line in _change_lines(change, pairs)]
    return "\n".join(parts)


def _change_lines(change: LineChange, pairs: Sequence[ColumnPair]) -> Iterator[str]:
    said = f"{change.status}: {name_of(change.line)}"
    yield fill(said, _WIDTH, initial_indent="  ", subsequent_indent=_INDENT)
    for sentence in (*_amount_sentences(change, pairs), *said_of(change)):
        yield fill(sentence, _WIDTH, initial_indent=_INDENT, subsequent_indent=f"{_INDENT}  ")


def _amount_sentences(change: LineChange, pairs: Sequence[ColumnPair]) -> Iterator[str]:
    """Say the amounts that differ, before and after."""
    for pair in pairs:
        before = amount_words(change.old, pair.old, change.covered_before)
        after = amount_words(change.new, pair.new, change.covered_after)
        if before == after or {before, after} <= {"", NO_LINE}:
            continue
        moved = ""
        if isinstance(before, int) and isinstance(after, int):
            moved = f" ({', '.join(filter(None, _moved(Movement(pair, before, after))))})"
        yield f"{pair}: {_shown(before)} -> {_shown(after)}{moved}"


def _shown(amount: str | int) -> str:
    return amount_text(amount) if isinstance(amount, int) else amount or "blank"


def _moved(movement: Movement) -> tuple[str, str]:
    """Give a change in pounds and, where that can be told, in per cent."""
    percent = movement.percent
    return (
        change_text(movement.change),
        "" if percent is None else f"{'+' if percent > 0 else ''}{decimal_text(percent, 1)}%",
    )


def _sums_text(comparison: Comparison, number: int, *, with_block: bool) -> str:
    """Set out the sums of one pair of columns by section, and their total."""
    rows = [
        (section_name(each, with_block=with_block), *_sum_words(each.movements[number]))
        for each in comparison.sections
        if each.movements[number].is_there
    ]
    total = comparison.totals[number]
    rows.append(("Total", *_sum_words(total)))
    return table_text((str(total.pair), "before", "after", "change", "%"), rows)


def _sum_words(movement: Movement) -> tuple[str, ...]:
    sums = (movement.before, movement.after)
    return (*("none" if each is None else amount_text(each) for each in sums), *_moved(movement))
