"""Says what became of one line: which of its amounts and words differ, and what that is called."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from xlframework.ground.financial_year import AmountColumn
from xlframework.model.budget import Amount, Budget, Line, matching
from xlframework.rules.compare.likeness import same_words
from xlframework.rules.compare.match import NAMES, NO_NEWS, Match
from xlframework.rules.compare.records import ColumnPair, Columns, LineChange, Status, WordChange


@dataclass(frozen=True, slots=True)
class Setting:
    """What the lines of two budgets are compared by.

    Attributes:
        old: the budget before.
        new: the budget after.
        columns: the compared amounts.
        words: the columns of words that both budgets use.
        ids: the old and the new Line ID of every line that is matched for certain.
    """

    old: Budget
    new: Budget
    columns: Columns
    words: tuple[str, ...]
    ids: frozenset[tuple[str, str]]


def used_words(old: Budget, new: Budget) -> tuple[str, ...]:
    """Give the columns of words in which both budgets have anything.

    A column that one of them leaves blank throughout says nothing about a change. So it
    is with blocks where no block of the one is a block of the other.
    """
    used_before, used_after = _used(old), _used(new)
    both = [header for header in used_after if header in used_before and header not in NO_NEWS]
    if not shares_blocks(old, new):
        both = [header for header in both if header != "Block"]
    return tuple(both)


def _used(budget: Budget) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            header for line in budget.lines for header, word in line.words.items() if str(word)
        )
    )


def shares_blocks(old: Budget, new: Budget) -> bool:
    """Tell whether a block of the one budget is a block of the other."""
    return bool(_blocks(old) & _blocks(new))


def _blocks(budget: Budget) -> set[str]:
    blocks = (*(line.block for line in budget.lines), *(each.block for each in budget.sections))
    return set(map(matching, blocks))


def changed_line(setting: Setting, match: Match) -> LineChange:
    """Compare a line with the line that it was."""
    old, new = setting.old.lines[match.old], setting.new.lines[match.new]
    covered = _covered(setting.old, old), _covered(setting.new, new)
    words = tuple(_word_changes(setting, old, new))
    amounts = _amounts_status(setting.columns.pairs, old, new, *covered)
    is_proposal = match.by == "proposal"
    # A proposal says itself that the name differs.
    has_other_words = any(not (is_proposal and each.column in NAMES) for each in words)
    status: Status = "changed" if has_other_words and amounts == "unchanged" else amounts
    return LineChange(
        status="renamed (proposed)" if is_proposal else status,
        old=old,
        new=new,
        matched_by=match.by,
        words=words,
        why=match.why,
        if_right=status if is_proposal else None,
        covered_before=covered[0],
        covered_after=covered[1],
    )


def removed_line(setting: Setting, place: int) -> LineChange:
    """Report a line that is gone."""
    old = setting.old.lines[place]
    return LineChange("removed", old=old, covered_before=_covered(setting.old, old))


def added_line(setting: Setting, place: int) -> LineChange:
    """Report a line that is new."""
    new = setting.new.lines[place]
    return LineChange("added", new=new, covered_after=_covered(setting.new, new))


def _covered(budget: Budget, line: Line) -> Mapping[str, str]:
    """Give the columns in which another line's amount covers a blank one, with its Line ID."""
    if not line.shared_with:
        return {}
    carrier = next((each for each in budget.lines if each.line_id == line.shared_with), None)
    if carrier is None:
        return {}
    return {
        header: carrier.line_id
        for header in budget.headers
        if line.amounts.get(header) is None and carrier.amounts.get(header) is not None
    }


def _amounts_status(
    pairs: Collection[ColumnPair],
    old: Line,
    new: Line,
    covered_before: Collection[str],
    covered_after: Collection[str],
) -> Status:
    states = {
        pair: (
            (old.amounts.get(pair.old), pair.old in covered_before),
            (new.amounts.get(pair.new), pair.new in covered_after),
        )
        for pair in pairs
    }
    if all(before == after for before, after in states.values()):
        return "unchanged"
    # The latest year in which there is money on either side decides what became of it.
    for pair in sorted(pairs, key=lambda pair: AmountColumn.parse(pair.new), reverse=True):
        (before, _), (after, is_covered) = states[pair]
        if _is_money(before) or _is_money(after):
            is_nought = after == 0 or (after is None and not is_covered)
            return "reduced to zero" if _is_money(before) and is_nought else "changed"
    return "changed"


def _is_money(amount: Amount) -> bool:
    return isinstance(amount, int) and amount > 0


def _word_changes(setting: Setting, old: Line, new: Line) -> Iterator[WordChange]:
    def same_line(before: str, after: str) -> bool:
        """Tell whether two Line IDs are those of one line, whatever it was called."""
        known = [pair for pair in setting.ids if before == pair[0] or after == pair[1]]
        return (before, after) in known if known else before == after

    for header in setting.words:
        before, after = (str(line.words.get(header, "")).strip() for line in (old, new))
        is_same = same_line if header == "Shared with" else same_words
        if not is_same(before, after):
            yield WordChange(header, before, after)
