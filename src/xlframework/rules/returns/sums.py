"""Rules about sums: what is worked out equals its parts, and nothing is entered twice."""

from collections.abc import Iterator
from dataclasses import dataclass

from xlframework.ground.money import MoneyError, parse_pounds, pounds_text
from xlframework.model.budget import Unread
from xlframework.model.form import ColumnSpec, FieldSpec
from xlframework.model.returns import Entry, ReturnRow
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.fault import Fault, fault_at
from xlframework.rules.returns.wording import (
    brief,
    differs,
    header_of,
    is_total_row,
    label_of,
    named,
    row_name,
    words,
)


@dataclass(frozen=True, slots=True)
class _Worked:
    """A cell that the form works out.

    Attributes:
        spec: its declaration.
        entry: the cell.
        row: its row; None for a named cell.
        due: what its parts come to, in pence; None where that is not known.
    """

    spec: FieldSpec | ColumnSpec
    entry: Entry
    row: ReturnRow | None
    due: int | None


def _worked(case: Case) -> Iterator[_Worked]:
    for spec, entry in case.fields():
        if spec.formula is not None:
            yield _Worked(spec, entry, None, case.field_amount(spec.name))
    for row, column, entry in case.cells():
        if column.formula is not None:
            yield _Worked(column, entry, row, case.worked_out(row, column.formula))


def _is_of_quarters(case: Case, spec: FieldSpec | ColumnSpec) -> bool:
    """Tell whether a column adds up the quarters of its row."""
    if isinstance(spec, FieldSpec) or spec.formula is None:
        return False
    quarters = {each.header for each in case.form.table.column if each.quarter is not None}
    return set(spec.formula.parts) <= quarters


def quarters_sum(case: Case) -> Iterator[Fault]:
    """Rule `return-quarters-sum`: a row's total is the sum of its quarters."""
    for cell in _worked(case):
        if _is_of_quarters(case, cell.spec):
            yield from _mismatch(
                case, cell, "is not the sum of its quarters", "are not the sums of their quarters"
            )


def total_wrong(case: Case) -> Iterator[Fault]:
    """Rule `return-total-wrong`: any other figure that is worked out equals its parts."""
    for cell in _worked(case):
        if not _is_of_quarters(case, cell.spec):
            parts = _parts(case, cell.spec)
            yield from _mismatch(case, cell, f"does not equal {parts}", f"do not equal {parts}")


def _parts(case: Case, spec: FieldSpec | ColumnSpec) -> str:
    """Say what a figure is made of: `Award less Planned so far`."""
    labels = {field.name: label_of(field) for field in case.form.field}
    if isinstance(spec, FieldSpec):
        labels |= {header: f"the sum of {header}" for header in case.form.table.headers}
    plus = () if spec.formula is None else spec.formula.sum
    minus = () if spec.formula is None else spec.formula.less
    added, taken = (
        " and ".join(labels.get(each, each) for each in names) for names in (plus, minus)
    )
    return f"{added} less {taken}" if taken else added


def _mismatch(case: Case, cell: _Worked, said: str, all_said: str) -> Iterator[Fault]:
    entry = cell.entry
    if cell.due is None or entry.state not in {"replaced", "changed"}:
        return
    name = named(case, cell.spec, cell.row)
    found = _stored(entry)
    if found is not None and found != cell.due:
        together = (
            "" if cell.row is None else f"{{cells}} cells under {header_of(cell.spec)} {all_said}"
        )
        yield differs(entry, f"{name} {said}", expected=cell.due, found=found, together=together)
    elif isinstance(entry.amount, Unread) and entry.amount.reason == "error":
        yield fault_at(
            entry,
            f"{name} shows the error {entry.amount.shown}",
            together=f"{{cells}} totals show the error {entry.amount.shown}",
            expected=pounds_text(cell.due),
            found=entry.amount.shown,
        )


def _stored(entry: Entry) -> int | None:
    """Give the amount that a cell shows, in pence, though it be written as words."""
    if isinstance(entry.amount, Unread):
        try:
            return parse_pounds(entry.amount.shown)
        except MoneyError:
            return None
    return entry.amount


def _shown(entry: Entry) -> str:
    """Give what stands in a cell: an amount as such, anything else as it is written."""
    return pounds_text(entry.amount) if isinstance(entry.amount, int) else brief(entry.text)


def formula_replaced(case: Case) -> Iterator[Fault]:
    """Rule `return-formula-replaced`: a formula of the form is still a formula."""
    for cell in _worked(case):
        name = named(case, cell.spec, cell.row)
        if cell.entry.state == "replaced":
            yield fault_at(
                cell.entry,
                f"{name} was typed over, so it no longer follows the figures that it is made of",
                together="{cells} formulas were typed over, so they no longer follow the figures "
                "that they are made of",
                expected=None if cell.due is None else pounds_text(cell.due),
                found=_shown(cell.entry),
            )
        elif cell.entry.state == "cleared":
            yield fault_at(
                cell.entry,
                f"the formula of {name} is gone",
                together="{cells} formulas are gone",
                expected=None if cell.due is None else pounds_text(cell.due),
            )


def formula_changed(case: Case) -> Iterator[Fault]:
    """Rule `return-formula-changed`: the form's formulas are as they were issued."""
    for cell in _worked(case):
        if cell.entry.state == "changed":
            yield fault_at(
                cell.entry,
                f"the formula of {named(case, cell.spec, cell.row)} is not the form's own",
                together="{cells} formulas are not the form's own",
                found=f"={brief(cell.entry.formula or '')}",
            )


def row_total(case: Case) -> Iterator[Fault]:
    """Rule `return-row-total`: no row of the table is a sum of the others."""
    spec = case.form.column_for("name")
    for row in case.given.filled if spec is not None else ():
        if spec is not None and is_total_row(case, row):
            entry = row.entries[spec.header]
            yield fault_at(
                entry,
                f"row {row.number} is a sum of other rows, so everything in them is counted twice",
                found=brief(entry.text),
            )


def _words_in(case: Case, row: ReturnRow, spec: ColumnSpec | None) -> tuple[str, ...]:
    entry = row.entries.get(spec.header) if spec is not None else None
    return () if entry is None or not case.is_sound(entry) else words(entry.text)


def _repeats(case: Case) -> Iterator[tuple[Entry, ReturnRow, ReturnRow, bool]]:
    """Give the rows whose activity an earlier row has: the earlier one, and if of one provider.

    Of several earlier rows that of the same provider comes first.
    """
    name, provider = case.form.column_for("name"), case.form.column_for("provider")
    seen: dict[tuple[str, ...], dict[tuple[str, ...], ReturnRow]] = {}
    for row in case.given.filled if name is not None else ():
        activity = _words_in(case, row, name)
        if name is None or not activity or is_total_row(case, row):
            continue
        by = _words_in(case, row, provider)
        earlier = seen.setdefault(activity, {})
        if earlier:
            first = earlier.get(by) or next(iter(earlier.values()))
            yield row.entries[name.header], row, first, by in earlier
        earlier.setdefault(by, row)


def _repeated(case: Case, entry: Entry, row: ReturnRow, said: str, whose: str) -> Fault:
    return fault_at(
        entry,
        f"{row_name(case, row)} {said}, with {whose} provider",
        together=f"{{cells}} rows are for {row_name(case, row)}, which {said}, with {whose} "
        "provider",
        found=brief(entry.text),
    )


def activity_duplicate(case: Case) -> Iterator[Fault]:
    """Rule `return-activity-duplicate`: no activity stands twice."""
    for entry, row, first, is_same in _repeats(case):
        if is_same:
            yield _repeated(case, entry, row, f"already stands in row {first.number}", "the same")


def activity_repeated(case: Case) -> Iterator[Fault]:
    """Rule `return-activity-repeated`: an activity of several providers is meant so."""
    for entry, row, first, is_same in _repeats(case):
        if not is_same:
            yield _repeated(case, entry, row, f"also stands in row {first.number}", "another")
