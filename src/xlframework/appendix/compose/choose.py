"""Which lines a table prints: conditions on words and on amounts."""

from collections.abc import Mapping

from xlframework.appendix.compose.records import Criterion
from xlframework.appendix.compose.words import under
from xlframework.appendix.layout import Apart, Layout, Where
from xlframework.model.budget import Amount, Line, matching

LinesById = Mapping[str, Line]


def carrier_of(line: Line, by_id: LinesById) -> Line | None:
    """Give the line whose amount covers this one too, if there is one."""
    return by_id.get(line.shared_with) if line.shared_with else None


def is_printed(layout: Layout, line: Line, by_id: LinesById) -> bool:
    """Tell whether a layout prints a line: it is of its blocks and meets every condition.

    Args:
        layout: what is asked for.
        line: a line.
        by_id: every line, because one may carry another's amount.
    """
    return of_blocks(layout, line.block) and all(
        _meets_where(where, line, by_id) for where in layout.where
    )


def of_blocks(layout: Layout, block: str) -> bool:
    """Tell whether a layout prints a block."""
    return not layout.blocks or matching(block) in {matching(each) for each in layout.blocks}


def _meets_where(where: Where, line: Line, by_id: LinesById) -> bool:
    if where.amount is None:
        begins = where.begins is not None
        text = where.begins if where.begins is not None else where.equals
        return meets(Criterion(where.field or "", text or "", begins), line)
    amount = _effective(line, where.amount, by_id)
    if where.says == "above zero":
        return isinstance(amount, int) and amount > 0
    return amount is None or amount == 0


def _effective(line: Line, header: str, by_id: LinesById) -> Amount:
    """Give a line's amount; where it is blank and another line's covers it, that one's."""
    amount = line.amounts.get(header)
    carrier = carrier_of(line, by_id)
    return carrier.amounts.get(header) if amount is None and carrier is not None else amount


def criterion_of(apart: Apart) -> Criterion:
    """Give what chooses the lines of a row apart."""
    return Criterion(apart.field, apart.begins or apart.equals or "", begins=bool(apart.begins))


def meets(criterion: Criterion, line: Line) -> bool:
    """Tell whether a line's words are those of a criterion, blind to case."""
    word = matching(str(under(line.words, criterion.field)))
    wanted = matching(criterion.text)
    return word.startswith(wanted) if criterion.begins else word == wanted
