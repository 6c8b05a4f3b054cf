"""Rules about what was spent, what is still to be spent, and what is left."""

from collections.abc import Iterator

from xlframework.ground.money import PENCE_IN_A_POUND, pounds_text, spoken_pounds
from xlframework.model.form import ColumnRole, ColumnSpec
from xlframework.model.returns import Entry, ReturnRow
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.fault import Fault, fault_at
from xlframework.rules.returns.file import is_untouched
from xlframework.rules.returns.wording import cell_of, differs, row_name
from xlframework.rules.returns.words import has_ended


def quarter_not_ended(case: Case) -> Iterator[Fault]:
    """Rule `return-quarter-not-ended`: nothing was spent in a quarter that is still to come."""
    period = case.period
    if period is None:
        return
    for row, spec, entry in case.cells():
        is_to_come = (
            spec.role == "spent" and spec.quarter is not None and spec.quarter > period.ended
        )
        if is_to_come and isinstance(entry.amount, int) and entry.amount:
            yield fault_at(
                entry,
                f"{cell_of(case, spec, row)} is filled in, but the quarter has not ended by "
                f"{period.name}, so no sum that needs it was checked",
                together=f"{{cells}} amounts are of quarters that have not ended by {period.name}, "
                "so no sum that needs them was checked",
                expected="0.00",
                found=pounds_text(entry.amount),
            )


def _rows(case: Case) -> Iterator[ReturnRow]:
    """Give the rows that are filled in as far as they should be, so that they can be judged."""
    if is_untouched(case) or (case.form.period and case.period is None):
        return
    for row in case.given.filled:
        if all(is_there(case, spec, row) for spec in case.form.table.column):
            yield row


def is_there(case: Case, spec: ColumnSpec, row: ReturnRow) -> bool:
    """Tell whether an amount that the outturn needs is there; a quarter to come may be blank."""
    if spec.role not in {"budget", "spent", "forecast"}:
        return True
    if spec.role == "spent" and not has_ended(case, spec):
        return True
    period, entry = case.period, row.entries.get(spec.header)
    if spec.role == "forecast" and period is not None and period.last:
        return entry is not None
    return entry is not None and entry.amount is not None


def _figure(case: Case, row: ReturnRow, role: ColumnRole) -> tuple[int, Entry] | None:
    """Give the amount and the cell of a column; None where either is not known."""
    spec = case.form.column_for(role)
    if spec is None:
        return None
    amount, entry = case.amount(row, spec.header), row.entries.get(spec.header)
    return None if amount is None or entry is None else (amount, entry)


def variance_unexplained(case: Case) -> Iterator[Fault]:
    """Rule `return-variance-unexplained`: a large variance has its reason."""
    limit, reason = case.form.limits.variance, case.form.column_for("reason")
    if limit is None or reason is None:
        return
    for row in _rows(case):
        variance, entry = _figure(case, row, "variance"), row.entries.get(reason.header)
        if variance is None or entry is None or not entry.is_blank:
            continue
        amount = variance[0]
        if abs(amount) > limit * PENCE_IN_A_POUND:
            side = "above" if amount > 0 else "below"
            yield fault_at(
                entry,
                f"{row_name(case, row)} will end {spoken_pounds(abs(amount))} {side} its budget, "
                "and no reason is given",
                together=f"{{cells}} lines will end more than £{limit:,} above or below their "
                "budgets, and no reasons are given",
            )


def underspend_not_returned(case: Case) -> Iterator[Fault]:
    """Rule `return-underspend-not-returned`: at year end, what is left over is returned."""
    spec = case.form.column_for("underspend")
    if spec is None or spec.due is None or case.period is None or not case.period.last:
        return
    for row in _rows(case):
        due, entry = case.worked_out(row, spec.due), row.entries.get(spec.header)
        if due is None or entry is None or not case.is_sound(entry):
            continue
        found = entry.amount if isinstance(entry.amount, int) else 0
        if found == due:
            continue
        name = row_name(case, row)
        message = f"{name} has {spoken_pounds(due)} left over, which is not what it returns"
        if entry.amount is None:
            message = f"{name} has {spoken_pounds(due)} left over, and returns nothing"
        elif due == 0:
            message = f"{name} has nothing left over, and returns {spoken_pounds(found)}"
        fix = f"Type {pounds_text(due)}, which is the budget less the outturn." if due else None
        yield differs(entry, message, expected=due, found=found, fix=fix)


def outturn_above_budget(case: Case) -> Iterator[Fault]:
    """Rule `return-outturn-above-budget`: no more is spent than the budget."""
    for row in _rows(case):
        outturn, budget = _figure(case, row, "outturn"), _figure(case, row, "budget")
        if outturn is not None and budget is not None and outturn[0] > budget[0]:
            above = spoken_pounds(outturn[0] - budget[0])
            message = f"{row_name(case, row)} will end {above} above its budget"
            yield differs(outturn[1], message, expected=budget[0], found=outturn[0])


def forecast_after_year(case: Case) -> Iterator[Fault]:
    """Rule `return-forecast-after-year`: when the year is over, nothing is still to be spent."""
    if case.period is None or not case.period.last:
        return
    for row, spec, entry in case.cells():
        if spec.role == "forecast" and isinstance(entry.amount, int) and entry.amount:
            yield fault_at(
                entry,
                f"{cell_of(case, spec, row)} is filled in, though the year is over, so no sum that "
                "needs it was checked",
                together="{cells} forecasts are filled in, though the year is over, so no sum that "
                "needs them was checked",
                expected="0.00",
                found=pounds_text(entry.amount),
            )
