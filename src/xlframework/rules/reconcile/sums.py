"""What the lines and sections that a claim means come to in a column."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from xlframework.model.budget import Line, Section, Unread
from xlframework.rules.reconcile.facts import Facts, need_amount_header
from xlframework.rules.reconcile.select import (
    Meant,
    check_no_entered,
    effective_amount,
    is_in_question,
    lines_by_id,
    lines_that_meet,
    meant,
    unread_reason,
    within,
)
from xlframework.rules.reconcile.tree import Condition, UncheckableError
from xlframework.rules.subtotals import SectionKey, key_of


def sum_of(facts: Facts, column: str, conditions: Sequence[Condition], at: int) -> int:
    """Add up what a claim means, in pence.

    Where only blocks and sections are named, entered amounts of sections count as the
    subtotals count them.

    Raises:
        ClaimError: for a column or a word that is not there.
        UncheckableError: if the sum is not known, or would be one of nothing.
    """
    header = need_amount_header(facts, column, at)
    wanted = meant(facts, conditions)
    if all(each.is_place for each in wanted):
        amounts = list(_section_amounts(facts, header, wanted))
    else:
        check_no_entered(facts, wanted, header)
        lines = tuple(lines_that_meet(facts, wanted))
        if not lines:
            raise UncheckableError("no line meets these conditions, so there is nothing to add up")
        _check_whole_shares(facts, lines, header)
        amounts = [_readable(line, header) for line in lines]
    known = [amount for amount in amounts if amount is not None]
    if not known:
        raise UncheckableError(f"no amount stands in {header} for what the claim names")
    return sum(known)


def _readable(record: Line | Section, header: str) -> int | None:
    held = record.amounts if isinstance(record, Line) else record.entered
    amount = held.get(header)
    if isinstance(amount, Unread):
        raise UncheckableError(unread_reason(record.origin.place(header), amount))
    return amount


def _section_amounts(facts: Facts, header: str, wanted: Sequence[Meant]) -> Iterator[int | None]:
    """Give the amounts of the sections in question: the entered one, or those of the lines."""
    by_section: defaultdict[SectionKey, list[Line]] = defaultdict(list)
    for line in facts.budget.lines:
        by_section[key_of(line)].append(line)
    seen: set[SectionKey] = set()
    found = [section for section in facts.budget.sections if is_in_question(section, wanted)]
    if not found and wanted:
        raise UncheckableError("no section meets these conditions, so there is nothing to add up")
    for section in found:
        key = key_of(section)
        if key in seen:
            raise UncheckableError(f"the section {section.name} stands twice in Sections")
        seen.add(key)
        amounts = [_readable(line, header) for line in by_section[key]]
        entered = _readable(section, header)
        if entered is not None and any(amount is not None for amount in amounts):
            raise UncheckableError(
                f"the section {section.name} has both lines and an entered amount in {header}"
            )
        yield entered
        yield from amounts
    _check_none_outside(facts, header)


def _check_none_outside(facts: Facts, header: str) -> None:
    for line in facts.budget.lines:
        is_outside = not line.block.strip() or not line.section.strip()
        if is_outside and line.amounts.get(header) is not None:
            raise UncheckableError(
                f"the line in {within(line.origin.place())} names no block or no section, so no "
                "total counts it"
            )


def _check_whole_shares(facts: Facts, lines: Sequence[Line], header: str) -> None:
    """See that no amount in question belongs in part to a line that is not."""
    # By identity: two lines may be alike in every word.
    chosen = {id(line) for line in lines}
    by_id = lines_by_id(facts)
    for line in facts.budget.lines:
        carrier = by_id.get(line.shared_with)
        covers = (
            line.amounts.get(header) is None and effective_amount(line, header, by_id) is not None
        )
        if carrier is None or not covers:
            continue
        if (id(line) in chosen) != (id(carrier) in chosen):
            raise UncheckableError(
                f"{line.line_id} and {carrier.line_id} have one amount between them in {header}, "
                "and the claim means only one of the two"
            )
