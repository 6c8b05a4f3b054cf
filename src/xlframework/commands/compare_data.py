"""A comparison as `--json` prints it: amounts in pounds, blank as null, what is absent left out."""

from collections.abc import Iterator, Mapping

from xlframework.commands.allocate_data import percent
from xlframework.commands.compare_source import Side
from xlframework.ground.money import pounds_text
from xlframework.model.budget import Line, Unread
from xlframework.rules.compare.match import provider_of, service_of
from xlframework.rules.compare.records import (
    STATUSES,
    Comparison,
    LineChange,
    Movement,
)


def comparison_data(comparison: Comparison, old: Side, new: Side) -> dict[str, object]:
    """Give a comparison as data: sides, columns, counts, lines, sections and totals."""
    columns = comparison.columns
    return {
        "old": _side(old),
        "new": _side(new),
        "columns": [{"before": pair.old, "after": pair.new} for pair in columns.pairs],
        "columns_assumed": columns.assumed,
        "matched_by_line_id": comparison.by_ids,
        "counts": {status: comparison.count(status) for status in STATUSES},
        "lines": [_line(change) for change in comparison.lines],
        "not_compared": [
            {"side": side, **_named(line), "line_id": line.line_id or None}
            for side, lines in (("old", comparison.unlisted_old), ("new", comparison.unlisted_new))
            for line in lines
        ],
        "sections": [
            {"block": section.block, "section": section.section, **_movement(movement)}
            for section in comparison.sections
            for movement in section.movements
        ],
        "totals": [_movement(movement) for movement in comparison.totals],
        "other_totals": [
            *_alone("old", comparison.only_old),
            *_alone("new", comparison.only_new),
        ],
    }


def _side(side: Side) -> dict[str, object]:
    return {
        "name": side.name,
        "source": side.source,
        "edition": side.edition or None,
        "lines": len(side.budget.lines),
    }


def _named(line: Line) -> dict[str, object]:
    return {
        "block": line.block,
        "section": line.section,
        "service": service_of(line),
        "provider": provider_of(line),
    }


def _line(change: LineChange) -> dict[str, object]:
    sides = (("before", change.old), ("after", change.new))
    data = {**_named(change.line), "status": change.status}
    data |= {side: _amounts(line) for side, line in sides}
    data["line_id"] = {side: line.line_id or None for side, line in sides if line is not None}
    if change.old is not None and change.new is not None:
        data["matched_by"] = change.matched_by
        if _named(change.old) != _named(change.new):
            data["was"] = _named(change.old)
    if change.words:
        data["words"] = [
            {"column": word.column, "before": word.before, "after": word.after}
            for word in change.words
        ]
    if change.why:
        data |= {"why": list(change.why), "if_right": change.if_right}
    for key, extra in _beside(change):
        data[key] = extra
    return data


def _beside(change: LineChange) -> Iterator[tuple[str, object]]:
    """Give what a blank amount hides: another line's amount that covers it, or no amount at all."""
    sides = (
        ("before", change.old, change.covered_before),
        ("after", change.new, change.covered_after),
    )
    for side, line, covered in sides:
        if covered:
            yield f"covered_{side}", dict(covered)
        unread = {} if line is None else _unread(line)
        if unread:
            yield f"unread_{side}", unread


def _amounts(line: Line | None) -> dict[str, str | None]:
    """Give a line's amounts by column; one that could not be read is under another key."""
    if line is None:
        return {}
    return {
        header: None if amount is None else pounds_text(amount)
        for header, amount in line.amounts.items()
        if not isinstance(amount, Unread)
    }


def _unread(line: Line) -> Mapping[str, str]:
    return {
        header: amount.shown
        for header, amount in line.amounts.items()
        if isinstance(amount, Unread)
    }


def _movement(movement: Movement) -> dict[str, object]:
    return {
        "year": movement.pair.new,
        "before_year": movement.pair.old,
        "before": _known(movement.before),
        "after": _known(movement.after),
        "change": pounds_text(movement.change),
        "percent": percent(movement.percent),
    }


def _known(pence: int | None) -> str | None:
    return None if pence is None else pounds_text(pence)


def _alone(side: str, totals: Mapping[str, int]) -> Iterator[dict[str, str]]:
    """Give the totals of the columns that one side alone has."""
    for header, pence in totals.items():
        yield {"side": side, "year": header, "total": pounds_text(pence)}
