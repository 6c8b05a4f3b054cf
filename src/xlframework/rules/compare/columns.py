"""Chooses which amount columns of two budgets are held against each other."""

from collections.abc import Sequence

from xlframework.ground.errors import MisuseError
from xlframework.ground.financial_year import BASES, AmountColumn
from xlframework.model.budget import Budget
from xlframework.rules.compare.records import ColumnPair, Columns


def choose_columns(old: Budget, new: Budget, wanted: Sequence[ColumnPair] = ()) -> Columns:
    """Choose the columns.

    Args:
        old: the budget before.
        new: the budget after.
        wanted: the pairs that somebody asked for; none for a choice of ours: the columns
            that both have, or one pair where they have none in common.

    Raises:
        MisuseError: if a pair names a column that is not there, or a column twice.
    """
    if wanted:
        _refuse(old, new, wanted)
    shared = tuple(ColumnPair(header, header) for header in new.headers if header in old.headers)
    pairs = tuple(wanted) or shared or _assumed(old, new)
    compared_old, compared_new = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    return Columns(
        pairs=pairs,
        only_old=_others(old, new, compared_old),
        only_new=_others(new, old, compared_new),
        assumed=bool(pairs) and not wanted and not shared,
    )


def _others(one: Budget, other: Budget, compared: set[str]) -> tuple[str, ...]:
    taken = compared | set(other.headers)
    return tuple(header for header in one.headers if header not in taken)


def _assumed(old: Budget, new: Budget) -> tuple[ColumnPair, ...]:
    """Hold the last column before against the first after, like with like if that can be.

    A budget is best held against a budget: the first basis that both have decides.
    """
    for basis in BASES:
        before = [column for column in old.columns if column.basis == basis]
        after = [column for column in new.columns if column.basis == basis]
        if before and after:
            return _ends(before, after)
    return _ends(old.columns, new.columns) if old.columns and new.columns else ()


def _ends(before: Sequence[AmountColumn], after: Sequence[AmountColumn]) -> tuple[ColumnPair]:
    last = max(before, key=lambda column: column.year)
    first = min(after, key=lambda column: column.year)
    return (ColumnPair(str(last), str(first)),)


def _refuse(old: Budget, new: Budget, wanted: Sequence[ColumnPair]) -> None:
    sides = (
        ("OLD", old.headers, [pair.old for pair in wanted]),
        ("NEW", new.headers, [pair.new for pair in wanted]),
    )
    for side, headers, named in sides:
        for header in named:
            if header not in headers:
                known = ", ".join(headers) or "none"
                raise MisuseError(
                    f"--column: {side} has no column {header!r}; its amount columns are {known}."
                )
            if named.count(header) > 1:
                raise MisuseError(
                    f"--column names {header!r} of {side} twice; name each column once."
                )
