"""Rules about what is typed or chosen: lists, blanks, days and years."""

import difflib
import re
from collections.abc import Iterator

from xlframework.ground.financial_year import FinancialYear
from xlframework.ground.folding import folded
from xlframework.model.form import ColumnSpec, FieldSpec, Form
from xlframework.model.returns import Entry, ReturnRow
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.fault import Fault, fault_at
from xlframework.rules.returns.file import is_untouched
from xlframework.rules.returns.wording import (
    brief,
    cell_of,
    header_of,
    is_total_row,
    label_of,
    named,
    row_name,
)

_IN_FULL = re.compile(r"\A(20[0-9]{2})\s?[/-]\s?20([0-9]{2})\Z")

# Cells that we fill in, and that nothing else would miss where there is no workbook.
_ALWAYS_FILLED = ("organisation", "award")


def list_unknown(case: Case) -> Iterator[Fault]:
    """Rule `return-list-unknown`: what is chosen stands in the list."""
    for spec, entry, row in _inputs(case):
        items = case.form.items(spec.list)
        if not items or entry.is_blank or folded(entry.text) in {folded(each) for each in items}:
            continue
        shown = brief(entry.text)
        near = difflib.get_close_matches(folded(shown), [folded(each) for each in items], 1)
        meant = next((each for each in items if near and folded(each) == near[0]), None)
        yield fault_at(
            entry,
            f"{named(case, spec, row)} is {shown!r}, which is not in the list",
            together=f"{{cells}} cells under {header_of(spec)} hold {shown!r}, which is not in the "
            "list",
            expected=meant,
            found=shown,
            fix=f"Choose {meant!r} from the list, if that is meant."
            if meant is not None
            else f"Choose one from the list: {', '.join(items)}.",
        )


def _inputs(case: Case) -> Iterator[tuple[FieldSpec | ColumnSpec, Entry, ReturnRow | None]]:
    return (each for each in case.entries() if each[0].is_input)


def year_unread(case: Case) -> Iterator[Fault]:
    """Rule `return-year-unread`: the year is a financial year."""
    entry = case.field("year")
    if entry is not None and year_of(entry.text) is None:
        said = f"is {brief(entry.text)!r}, which is no financial year" if not entry.is_blank else ""
        yield fault_at(
            entry,
            f"the financial year {said or 'is blank'}",
            expected=None if case.issued is None else case.issued.year,
            found=brief(entry.text) or None,
        )


def year_of(text: str) -> FinancialYear | None:
    """Read a financial year such as 2024/25 or 2024-25; None for anything else."""
    # Some people write both years in full: 2024/2025.
    plain = _IN_FULL.sub(r"\1/\2", text.strip())
    try:
        return FinancialYear.parse(plain)
    except ValueError:
        return None


def required_blank(case: Case) -> Iterator[Fault]:
    """Rule `return-required-blank`: what must be filled in is filled in."""
    if is_untouched(case):
        return
    for spec, entry in case.fields():
        by_us = case.against is None and spec.filled and spec.role in _ALWAYS_FILLED
        if entry.is_blank and ((spec.is_input and spec.required) or by_us):
            yield fault_at(entry, f"{label_of(spec)!r} is blank", fix=_fill_in(case, spec))
    for row, column, entry in case.cells():
        if not column.is_input or not _is_empty(column, entry) or is_total_row(case, row):
            continue
        if column.required:
            yield fault_at(
                entry,
                f"{row_name(case, row)} has no {column.header}",
                together=f"{{cells}} rows have no {column.header}",
                fix=_fill_in(case, column),
            )
        elif has_ended(case, column):
            yield fault_at(
                entry,
                f"{cell_of(case, column, row)} is blank, though the quarter has ended",
                together="{cells} amounts of quarters that have ended are blank",
            )


def _fill_in(case: Case, spec: FieldSpec | ColumnSpec) -> str:
    """Say what goes into a blank cell, where the form says it."""
    items = case.form.items(spec.list)
    if items:
        return f"Choose one from the list: {', '.join(items)}."
    return f"Fill in the cell. {spec.help}" if spec.help else "Fill in the cell."


def _is_empty(spec: ColumnSpec, entry: Entry) -> bool:
    """Tell whether a cell says nothing; a lone dash is no amount."""
    return entry.is_blank or (spec.kind == "money" and entry.amount is None)


def has_ended(case: Case, spec: ColumnSpec) -> bool:
    """Tell whether a column's quarter is over by the period that the return is for."""
    period = case.period
    return spec.quarter is not None and period is not None and spec.quarter <= period.ended


def nought_blank(case: Case) -> Iterator[Fault]:
    """Rule `return-nought-blank`: where there is nothing, 0 is typed."""
    if is_untouched(case):
        return
    for row, spec, entry in case.cells():
        is_blank = spec.nought and _is_empty(spec, entry) and not is_total_row(case, row)
        if is_blank and not _may_stay_blank(case, case.form, spec):
            yield fault_at(
                entry,
                f"{cell_of(case, spec, row)} is blank, which may mean 0 or something forgotten",
                together="{cells} amounts are blank, which may mean 0 or something forgotten",
            )


def _may_stay_blank(case: Case, form: Form, spec: ColumnSpec) -> bool:
    """Tell whether a quarter is still to come, or nobody knows because the period is unread.

    When the year is over nothing can be still to be spent.
    """
    if spec.role == "forecast" and case.period is not None and case.period.last:
        return True
    if spec.quarter is None or not form.period:
        return False
    return case.period is None or spec.quarter > case.period.ended


def date_unread(case: Case) -> Iterator[Fault]:
    """Rule `return-date-unread`: a date is a day."""
    for spec, entry, row in _inputs(case):
        if spec.kind == "date" and not entry.is_blank and entry.day is None:
            yield fault_at(
                entry,
                f"{named(case, spec, row)} is {brief(entry.text)!r}, which is no date",
                together=f"{{cells}} cells under {header_of(spec)} hold no date",
                found=brief(entry.text),
            )
