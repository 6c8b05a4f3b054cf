"""Rules about what the money is for: provision that is funded already, and tied money."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xlframework.ground.folding import folded
from xlframework.ground.money import PENCE_IN_A_POUND, pounds_text, spoken_pounds
from xlframework.model.budget import Line
from xlframework.model.form import ColumnRole
from xlframework.model.returns import Entry, Issued, Locality, ReturnRow
from xlframework.rules.returns.award import pairs
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.fault import Fault, fault_at
from xlframework.rules.returns.issued import service_of, words_of
from xlframework.rules.returns.wording import brief, row_name, words

# Words that many services share, and that therefore make no two of them alike.
_COMMON = frozenset(
    words(
        "a an and for in of on or the to with csp fund funding grant initiative plf programme "
        "project scheme service services support work worker"
    )
)
_FEWEST_SHARED = 2


@dataclass(frozen=True, slots=True)
class _Funded:
    """A line that is funded in the return's year, made ready for comparison.

    Attributes:
        line: the line.
        names: what its provision is called, word by word.
        telling: the words that tell it from others.
        provider: its provider, folded.
        here: whether it reaches the return's area; None where it does not say.
    """

    line: Line
    names: frozenset[tuple[str, ...]]
    telling: frozenset[str]
    provider: str
    here: bool | None


def provision_duplicate(case: Case) -> Iterator[Fault]:
    """Rule `return-provision-duplicate`: nothing is planned that is funded there already."""
    spec, provider = case.form.column_for("name"), case.form.column_for("provider")
    if case.against is None or case.issued is None or spec is None:
        return
    funded = tuple(_funded(case, case.issued, case.against.lines))
    for row in case.given.filled:
        entry = row.entries.get(spec.header)
        by = row.entries.get(provider.header) if provider is not None else None
        if entry is None or entry.is_blank:
            continue
        done_by = "" if by is None else folded(by.text)
        same = next((each for each in funded if _matches(entry.text, done_by, each)), None)
        if same is not None:
            line, who = same.line, words_of(same.line, "Provider")
            named = f"{line.line_id}, {brief(service_of(line))}" + (f" by {who}" if who else "")
            yield fault_at(
                entry,
                f"{row_name(case, row)} may be funded in this area already ({named})",
                expected=line.line_id,
                found=brief(entry.text),
            )


def _funded(case: Case, issued: Issued, lines: Iterable[Line]) -> Iterator[_Funded]:
    """Give the lines of the year that may reach the area, but for the partner's own."""
    own = {line.line.line_id for line in issued.lines}
    own |= {line.line_id for line in issued.covered}
    header = f"{issued.year} {case.form.basis}"
    for line in lines:
        is_paid = line.pence(header) > 0 or bool(line.shared_with)
        here = _reach(case, line) if is_paid and line.line_id not in own else False
        if here is False:
            continue
        service = service_of(line)
        names = frozenset({words(words_of(line, "Service")), words(service)} - {()})
        who = folded(words_of(line, "Provider"))
        yield _Funded(line, names, _telling(service), who, here)


def _matches(activity: str, provider: str, funded: _Funded) -> bool:
    """Tell whether a line pays for an activity where the return's area is."""
    if words(activity) in funded.names:
        return True
    if not funded.here:
        # Where a line does not say whom it reaches, only the same name will do.
        return False
    own = _telling(activity)
    shared = own & funded.telling
    enough = 1 if provider and provider == funded.provider else _FEWEST_SHARED
    return len(shared) >= enough and shared in (own, funded.telling)


def _telling(name: str) -> frozenset[str]:
    return frozenset(words(name)) - _COMMON


def _reach(case: Case, line: Line) -> bool | None:
    """Tell whether a line reaches the return's area; None where it does not say."""
    issued = case.issued
    if issued is None:
        return None
    if line.area_code:
        return folded(line.area_code) == folded(issued.area_code)
    reach = words_of(line, "Reach")
    if not reach:
        return None
    places = case.against.localities if case.against is not None else ()
    here = next((each for each in places if folded(each.code) == folded(issued.area_code)), None)
    names = {issued.area, *(_names(here) if here is not None else ())}
    wide = (*names, *case.form.limits.wide_reach)
    return any(_holds(reach, name) for name in wide)


def _names(place: Locality) -> tuple[str, ...]:
    return place.name, place.csp, place.authority


def _holds(text: str, name: str) -> bool:
    """Tell whether a text holds a name, word by word."""
    sought = f" {' '.join(words(name))} "
    return sought.strip() != "" and sought in f" {' '.join(words(text))} "


def funding_section(case: Case) -> Iterator[Fault]:
    """Rule `return-funding-section`: tied money goes where it may be spent."""
    if case.issued is None:
        return
    for row, line in pairs(case, case.issued):
        yield from _untied(
            case, _cell(row, case, "service", "line id"), line.line, line.line.section, _OURS
        )
    spec = case.form.column_for("priority")
    for row in case.given.filled if spec is not None else ():
        entry = row.entries.get(spec.header) if spec is not None else None
        if entry is not None and not entry.is_blank:
            for issued_line in case.issued.lines:
                yield from _untied(case, entry, issued_line.line, entry.text)


# A line's section stands in our workbook, where no partner can put it right.
_OURS = "Tell us; the line's section or its funding in our workbook has to be put right."


def _untied(
    case: Case, entry: Entry | None, line: Line, purpose: str, fix: str | None = None
) -> Iterator[Fault]:
    funding = folded(words_of(line, "Funding"))
    for tie in case.form.permitted:
        is_tied = funding == folded(tie.funding)
        is_met = any(word.casefold() in purpose.casefold() for word in tie.words)
        if entry is not None and is_tied and not is_met:
            yield fault_at(
                entry,
                f"the money is from the {tie.funding}, which may not be spent on "
                f"{brief(purpose)!r} by {tie.source}",
                together=f"{{cells}} rows spend money from the {tie.funding} on what "
                f"{tie.source} do not allow",
                expected=", ".join(tie.words),
                found=brief(purpose),
                fix=fix,
            )


def _cell(row: ReturnRow, case: Case, *roles: ColumnRole) -> Entry | None:
    found = (case.cell(row, role) for role in roles)
    return next((entry for entry in found if entry is not None), None)


def small_grant(case: Case) -> Iterator[Fault]:
    """Rule `return-small-grant`: a small grant stays below its limit."""
    limit = case.form.limits.small_grant
    spec = case.form.column_for("planned") or case.form.column_for("budget")
    if limit is None or spec is None:
        return
    lines = {row.number: line.line for row, line in pairs(case, case.issued)} if case.issued else {}
    for row in case.given.filled:
        amount, entry = case.amount(row, spec.header), row.entries.get(spec.header)
        if amount is None or entry is None or amount < limit * PENCE_IN_A_POUND:
            continue
        if _is_small_grant(case, row, lines.get(row.number)):
            yield fault_at(
                entry,
                f"{row_name(case, row)} is called a small grant and comes to "
                f"{spoken_pounds(amount)}; small grants stay below £{limit:,}",
                found=pounds_text(amount),
            )


def _is_small_grant(case: Case, row: ReturnRow, line: Line | None) -> bool:
    texts = [
        entry.text
        for role in ("name", "service", "provider")
        if (entry := case.cell(row, role)) is not None
    ]
    if line is not None:
        texts += [line.section, words_of(line, "Mechanism"), service_of(line)]
    return any(_holds(text, word) for text in texts for word in _both(case))


def _both(case: Case) -> tuple[str, ...]:
    """Give the words that tell a small grant, and their plurals."""
    return tuple(form for word in case.form.limits.small_grant_words for form in (word, f"{word}s"))
