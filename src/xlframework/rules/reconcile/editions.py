"""Figures that two editions print differently for the same year and basis."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xlframework.ground.folding import folded
from xlframework.ground.money import spoken_pounds
from xlframework.model.budget import Budget, Line, Unread
from xlframework.rules.reconcile.facts import Facts
from xlframework.rules.subtotals import Totals, total_up

_FEW = 2


@dataclass(frozen=True, slots=True)
class Printed:
    """What two editions print differently in one amount column.

    Attributes:
        other: the other edition's name.
        header: the column.
        own_total: pence that this edition comes to.
        other_total: pence that the other one comes to.
        sections: the sections of both whose subtotals differ.
        lines: the lines of both, by service and provider, whose amounts differ, each
            with the two amounts in pence.
    """

    other: str
    header: str
    own_total: int
    other_total: int
    sections: tuple[str, ...]
    lines: tuple[tuple[str, int, int], ...]

    @property
    def message(self) -> str:
        """Say what differs, in one sentence without its full stop."""
        same = self.own_total == self.other_total
        said = f"{self.other} prints {'the same' if same else 'another'} total for {self.header}"
        parts = []
        if self.sections:
            parts.append(f"the subtotals of {_listed(self.sections)}")
        if self.lines:
            first = [
                f"{name} ({spoken_pounds(own)} here, {spoken_pounds(other)} there)"
                for name, own, other in self.lines
            ]
            parts.append(_listed(first, "line"))
        if not parts:
            return said
        differing = " and ".join(parts)
        return f"{said}, but {differing} differ" if same else f"{said}; {differing} differ too"


def _listed(names: tuple[str, ...] | list[str], noun: str = "") -> str:
    """List names; many lines are counted, and the first few of them named."""
    if noun and len(names) > _FEW:
        return f"{len(names)} {noun}s, such as {', '.join(names[:_FEW])},"
    if noun:
        names = [f"the {noun}{'s' if len(names) > 1 else ''} {names[0]}", *names[1:]]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def printed_differently(own: Facts, other: Facts) -> Iterator[Printed]:
    """Compare two editions, amount column by amount column, where both have it.

    Totals, the subtotals of sections that both have, and lines of one service and
    provider in both are compared. An amount that stands for several lines is no line's.
    A column with an amount that cannot be read is left out.

    Args:
        own: the edition that is reconciled.
        other: another one.
    """
    ours, theirs = total_up(own.budget), total_up(other.budget)
    for header in own.budget.headers:
        if header not in other.budget.headers or _has_unread(header, own.budget, other.budget):
            continue
        found = Printed(
            other.name,
            header,
            ours.grand[header],
            theirs.grand[header],
            tuple(_sections(ours, theirs, header)),
            tuple(_lines(own, other, header)),
        )
        if found.own_total != found.other_total or found.sections or found.lines:
            yield found


def _has_unread(header: str, *budgets: Budget) -> bool:
    return any(
        isinstance(amounts.get(header), Unread)
        for budget in budgets
        for amounts in (
            *(line.amounts for line in budget.lines),
            *(section.entered for section in budget.sections),
        )
    )


def _sections(ours: Totals, theirs: Totals, header: str) -> Iterator[str]:
    known = {
        (folded(each.block), folded(each.section)): each.pence[header] for each in theirs.sections
    }
    for each in ours.sections:
        key = (folded(each.block), folded(each.section))
        if key in known and known[key] != each.pence[header]:
            yield each.section


_LineKey = tuple[str, str]


def _lines(own: Facts, other: Facts, header: str) -> Iterator[tuple[str, int, int]]:
    ours, theirs = _by_name(own, header), _by_name(other, header)
    for key, (line, pence) in ours.items():
        if key in theirs and theirs[key][1] != pence:
            yield str(line.words.get("Service", "")), pence, theirs[key][1]


def _by_name(facts: Facts, header: str) -> Mapping[_LineKey, tuple[Line, int]]:
    """Give the lines that have an amount of their own and a name that no other line has."""
    carriers = {
        line.shared_with
        for line in facts.budget.lines
        if line.shared_with and line.amounts.get(header) is None
    }
    names = Counter(_key(line) for line in facts.budget.lines)
    return {
        _key(line): (line, amount)
        for line in facts.budget.lines
        if isinstance(amount := line.amounts.get(header), int)
        and line.line_id not in carriers
        and names[_key(line)] == 1
        and _key(line)[0]
    }


def _key(line: Line) -> _LineKey:
    service, provider = (str(line.words.get(header, "")) for header in ("Service", "Provider"))
    return folded(service), folded(provider)
