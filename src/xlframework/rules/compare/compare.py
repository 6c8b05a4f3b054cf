"""Compares two budgets: two editions, or two versions of one workbook."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlframework.model.budget import Budget, Line
from xlframework.rules.compare.lines import (
    Setting,
    added_line,
    changed_line,
    removed_line,
    shares_blocks,
    used_words,
)
from xlframework.rules.compare.match import Match, left_over, match_lines
from xlframework.rules.compare.records import Columns, Comparison, LineChange, ReusedId
from xlframework.rules.compare.renames import propose
from xlframework.rules.compare.sums import section_changes, section_key, total_changes
from xlframework.rules.subtotals import total_up, with_missing_sections


def compare_budgets(old: Budget, new: Budget, columns: Columns) -> Comparison:
    """Compare two budgets line by line, section by section and in all.

    Args:
        old: the budget before.
        new: the budget after.
        columns: which amounts to compare (see `choose_columns`).
    """
    matching = match_lines(old.lines, new.lines, columns.pairs)
    proposals = propose(
        old.lines, new.lines, columns.pairs, matching.matches, by_ids=bool(matching.by_ids)
    )
    matches = (*matching.matches, *proposals)
    gone = left_over(len(old.lines), (match.old for match in matches))
    come = left_over(len(new.lines), (match.new for match in matches))
    unlisted_old, unlisted_new = _unlisted(old, new, gone), _unlisted(new, old, come)
    before, after = (total_up(with_missing_sections(budget)) for budget in (old, new))
    changes = _line_changes(
        _setting(old, new, columns, matching.matches),
        matches,
        removed=[place for place in gone if place not in unlisted_old],
        added=[place for place in come if place not in unlisted_new],
    )
    sections = section_changes(
        before, after, columns.pairs, tuple(changes), by_block=shares_blocks(old, new)
    )
    return Comparison(
        columns=columns,
        sections=sections,
        totals=total_changes(before, after, columns.pairs),
        only_old={header: before.grand[header] for header in columns.only_old},
        only_new={header: after.grand[header] for header in columns.only_new},
        unlisted_old=tuple(old.lines[place] for place in unlisted_old),
        unlisted_new=tuple(new.lines[place] for place in unlisted_new),
        reused=tuple(_still_reused(matching.reused, old, new, proposals)),
        by_ids=matching.by_ids,
    )


def _setting(old: Budget, new: Budget, columns: Columns, certain: Sequence[Match]) -> Setting:
    lines = [(old.lines[each.old], new.lines[each.new]) for each in certain]
    ids = {(before.line_id, after.line_id) for before, after in lines}
    known = frozenset(pair for pair in ids if all(pair))
    return Setting(old, new, columns, used_words(old, new), known)


def _unlisted(one: Budget, other: Budget, alone: Sequence[int]) -> tuple[int, ...]:
    """Give the lines that the other budget could not name, because it holds subtotals only.

    That is so of a section whose amount was entered and that has no line, and of every
    section where the other budget has no line at all.
    """
    by_block = shares_blocks(one, other)
    listed = {section_key(each.block, each.section, by_block=by_block) for each in other.lines}
    entered = {
        section_key(each.block, each.name, by_block=by_block)
        for each in other.sections
        if each.entered
    }
    bare = entered - listed
    return tuple(
        place
        for place in alone
        if bare
        and (
            not other.lines
            or section_key(one.lines[place].block, one.lines[place].section, by_block=by_block)
            in bare
        )
    )


def _line_changes(
    setting: Setting, matches: Sequence[Match], *, removed: Sequence[int], added: Sequence[int]
) -> Iterator[LineChange]:
    """Give the lines of the new budget in printed order, then those that are gone in theirs."""
    by_new = {match.new: match for match in matches}
    for place in _in_order(setting.new.lines):
        if place in by_new:
            yield changed_line(setting, by_new[place])
        elif place in added:
            yield added_line(setting, place)
    for place in _in_order(setting.old.lines):
        if place in removed:
            yield removed_line(setting, place)


def _in_order(lines: Sequence[Line]) -> list[int]:
    def order(place: int) -> tuple[bool, Decimal]:
        own = lines[place].order
        return own is None, own or Decimal(0)

    return sorted(range(len(lines)), key=order)


def _still_reused(
    reused: Sequence[ReusedId], old: Budget, new: Budget, proposals: Sequence[Match]
) -> Iterator[ReusedId]:
    """Leave out a Line ID whose two lines are proposed as one."""
    proposed = {(old.lines[each.old].line_id, new.lines[each.new].line_id) for each in proposals}
    for each in reused:
        if (each.old.line_id, each.new.line_id) not in proposed:
            yield each
