"""Rules that hold a return against its award and the commissioning workbook."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from xlframework.ground.folding import folded
from xlframework.ground.money import pounds_text, spoken_pounds
from xlframework.model.budget import Unread
from xlframework.model.form import ColumnSpec, FieldRole
from xlframework.model.returns import Entry, Issued, IssuedLine, ReturnRow
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.fault import Fault, fault_at
from xlframework.rules.returns.file import is_untouched
from xlframework.rules.returns.prefilled import field_value, line_value
from xlframework.rules.returns.wording import brief, cell_of, differs, is_total_row, label_of
from xlframework.rules.returns.words import year_of


def partner_unknown(case: Case) -> Iterator[Fault]:
    """Rule `return-partner-unknown`: the return is from a partner of the workbook."""
    if case.against is None or case.issued is not None:
        return
    entry = case.field("organisation")
    who = f"{brief(entry.text)!r}" if entry is not None and not entry.is_blank else "this return"
    workbook = PurePath(case.against.file).name
    message = f"{workbook} has no partner of this form that {who} could be from"
    if entry is None:
        yield Fault(message, case.given.structure.sheet)
    else:
        yield fault_at(entry, message, found=brief(entry.text) or None)


def year_other(case: Case) -> Iterator[Fault]:
    """Rule `return-year-other`: the year is the one that the form was issued for."""
    entry = case.field("year")
    if case.issued is None or entry is None:
        return
    stated = year_of(entry.text)
    if stated is not None and stated != year_of(case.issued.year):
        yield _other(entry, "the form was issued for another year", case.issued.year)


def area_other(case: Case) -> Iterator[Fault]:
    """Rule `return-area-other`: the area is the one that the form was issued for."""
    roles: tuple[FieldRole, ...] = ("area code", "area")
    yield from _others(case, roles, "the form was issued for another area")


def organisation_other(case: Case) -> Iterator[Fault]:
    """Rule `return-organisation-other`: the organisation is the one that the form was sent to."""
    yield from _others(case, ("organisation",), "the form was issued to another organisation")


def _others(case: Case, roles: Sequence[FieldRole], message: str) -> Iterator[Fault]:
    for spec, entry in case.fields():
        if case.issued is not None and spec.role in roles:
            expected = field_value(case.form, spec, case.issued)
            if isinstance(expected, str) and folded(entry.text) != folded(expected):
                said = f"{label_of(spec)!r} is blank" if entry.is_blank else message
                if not expected:
                    said = f"{label_of(spec)!r} was empty when the form was issued"
                yield _other(entry, said, expected)


def _other(entry: Entry, message: str, expected: str) -> Fault:
    found = brief(entry.text) or None
    return fault_at(entry, message, expected=expected or None, found=found)


def prefilled_changed(case: Case) -> Iterator[Fault]:
    """Rule `return-prefilled-changed`: what we filled in stands as it was issued."""
    if case.issued is None:
        return
    for spec, entry in case.fields():
        expected = field_value(case.form, spec, case.issued)
        if isinstance(expected, int):
            yield from _changed(case, label_of(spec), entry, expected)
    for row, line in pairs(case, case.issued):
        for column in case.form.table.column:
            cell = row.entries.get(column.header)
            value = line_value(column, line)
            if cell is not None and value is not None:
                yield from _changed(case, cell_of(case, column, row), cell, value, _SILENT)


# The award is known from the workbook, but what a row comes to is not judged by a budget that
# was changed.
_SILENT = ", so no sum that needs it was checked"


def _changed(
    case: Case, name: str, entry: Entry, expected: str | int, silent: str = ""
) -> Iterator[Fault]:
    if isinstance(expected, str):
        if folded(entry.text) != folded(expected):
            done = "is blank now" if entry.is_blank else "was changed"
            message = f"{name} was filled in by us, and {done}"
            found = brief(entry.text) or None
            yield fault_at(entry, message, expected=expected or None, found=found)
    elif case.is_sound(entry) and not isinstance(entry.amount, Unread):
        if entry.amount is None:
            message = f"{name} was filled in by us, and is blank now{silent}"
            yield fault_at(entry, message, expected=pounds_text(expected))
        elif entry.amount != expected:
            message = f"{name} was filled in by us, and was changed{silent}"
            yield differs(entry, message, expected=expected, found=entry.amount)


def pairs(case: Case, issued: Issued) -> tuple[tuple[ReturnRow, IssuedLine], ...]:
    """Pair the rows of a return with the lines that its form was issued with.

    A row whose ID was changed is known by its service; an added row and a line that is
    missing have no pair.
    """
    spec = case.form.column_for("line id")
    if spec is None:
        return ()
    lines = {folded(line.line_id): line for line in issued.lines}
    found: list[tuple[ReturnRow, IssuedLine]] = []
    loose: list[ReturnRow] = []
    for row in case.given.filled:
        line = lines.pop(_text(row, spec), None)
        if line is None:
            loose.append(row)
        else:
            found.append((row, line))
    service = case.form.column_for("service")
    known = {folded(line.line_id) for line in issued.lines}
    for row in loose:
        if service is not None and _text(row, spec) not in known:
            line = next(
                (each for each in lines.values() if folded(each.service) == _text(row, service)),
                None,
            )
            if line is not None:
                found.append((row, lines.pop(folded(line.line_id))))
    return tuple(sorted(found, key=lambda pair: pair[0].number))


def _text(row: ReturnRow, spec: ColumnSpec) -> str:
    entry = row.entries.get(spec.header)
    return "" if entry is None else folded(entry.text)


def line_other(case: Case) -> Iterator[Fault]:
    """Rule `return-line-other`: the lines are those that the form was issued with."""
    spec = case.form.column_for("line id")
    if case.issued is None or spec is None or spec.header in case.given.structure.missing:
        return
    paired = pairs(case, case.issued)
    rows = {row.number for row, _ in paired}
    seen = {folded(line.line_id) for _, line in paired}
    for row in case.given.filled:
        entry = row.entries.get(spec.header)
        if row.number in rows or entry is None:
            continue
        if _text(row, spec) in seen:
            message = f"the line {brief(entry.text)} stands here a second time"
        else:
            message = f"row {row.number} is not one of the lines that the form was issued with"
        yield fault_at(entry, message, found=brief(entry.text) or None)
    for line in case.issued.lines:
        if folded(line.line_id) not in seen:
            yield Fault(
                f"the line {line.line_id} ({brief(line.service)}, {spoken_pounds(line.budget)}) is "
                "missing",
                case.given.structure.sheet,
                expected=line.line_id,
                cells=str(case.given.structure.area),
            )


def _plan(case: Case) -> tuple[Entry | None, int, int] | None:
    """Give the cell of the planned total, the award and the plan; None where one is not known."""
    spec, award = case.form.field_for("planned"), case.form.field_for("award")
    if spec is None or award is None:
        return None
    due = case.issued.award if case.issued is not None else case.field_amount(award.name)
    planned = case.field_amount(spec.name)
    stated = case.field("award")
    is_known = case.issued is not None or (stated is not None and not stated.is_blank)
    has_sums = any(is_total_row(case, row) for row in case.given.filled)
    if due is None or planned is None or not is_known or has_sums or is_untouched(case):
        return None
    return case.field("planned"), due, planned


def plan_above(case: Case) -> Iterator[Fault]:
    """Rule `return-plan-above-award`: a plan does not spend more than the award."""
    plan = _plan(case)
    if plan is not None and plan[2] > plan[1]:
        yield _against_award(case, plan, "above")


def plan_below(case: Case) -> Iterator[Fault]:
    """Rule `return-plan-below-award`: a plan spends the whole award."""
    plan = _plan(case)
    # Under the table there may be the rest of it.
    if plan is not None and plan[2] < plan[1] and not case.given.structure.below:
        yield _against_award(case, plan, "below")


def _against_award(case: Case, plan: tuple[Entry | None, int, int], side: str) -> Fault:
    entry, award, planned = plan
    gap = spoken_pounds(abs(planned - award))
    message = f"the plan comes to {spoken_pounds(planned)}, {gap} {side} the award"
    if entry is not None:
        return differs(entry, message, expected=award, found=planned)
    return Fault(
        message,
        case.given.structure.sheet,
        expected=pounds_text(award),
        found=pounds_text(planned),
        difference=pounds_text(planned - award),
    )
