"""Sums a batch of returns up: who has returned what, what was found, and the money in it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlframework.ground.finding import SEVERITIES, Finding, Severity, count
from xlframework.ground.folding import folded
from xlframework.model.catalogue import Catalogue
from xlframework.model.form import ColumnRole, ColumnSpec, FieldRole, Form
from xlframework.model.returns import Against, Issued, Position, Return
from xlframework.rules.returns.award import pairs
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.checked import Checked, Status
from xlframework.rules.returns.checks import CHECKS
from xlframework.rules.returns.file import is_untouched
from xlframework.rules.returns.finding_cells import finding_cells
from xlframework.rules.returns.issued import tidy
from xlframework.rules.returns.monitoring import is_there
from xlframework.rules.returns.wording import is_total_row
from xlframework.rules.returns.words import year_of


@dataclass(frozen=True, slots=True)
class Money:
    """What a return says of its money, in pence; None where a part is blank or could not be read.

    Attributes:
        given: the award, or all budgets together.
        used: what is planned, or the forecast outturn; a return that was sent back empty,
            or that lacks a part of it, says nothing of it.
        spent: to date, in a monitoring return.
        forecast: still to be spent, in a monitoring return.
    """

    given: int | None
    used: int | None
    spent: int | None = None
    forecast: int | None = None

    @property
    def left(self) -> int | None:
        """What is left; below nought where it is exceeded."""
        if self.given is None or self.used is None:
            return None
        return self.given - self.used


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one partner stands with one form.

    Attributes:
        organisation: the partner.
        area: its area, where the form is for areas.
        file: the return that counts; None where there is none.
        status: what became of it; None where there is none.
        money: what it says; for a partner without a return, what it was given.
    """

    organisation: str
    area: str
    file: str | None
    status: Status | None
    money: Money


class GroupKey(NamedTuple):
    """What returns have in common that are added up together."""

    form: str
    year: str
    period: str


@dataclass(frozen=True, slots=True)
class Group:
    """The returns of one form, year and period, one a partner.

    Attributes:
        key: form, year and period.
        title: of the form.
        is_plan: whether it says what is planned, not what was spent.
        has_money: whether it says either; a team's own form may ask for something else.
        standings: those who have returned it, then, where it is known, those who have not.
    """

    key: GroupKey
    title: str
    is_plan: bool
    has_money: bool
    standings: tuple[Standing, ...]

    @property
    def returned(self) -> tuple[Standing, ...]:
        """The partners that have returned it."""
        return tuple(each for each in self.standings if each.file is not None)

    @property
    def missing(self) -> tuple[Standing, ...]:
        """The partners that have not."""
        return tuple(each for each in self.standings if each.file is None)


@dataclass(frozen=True, slots=True)
class Received:
    """One file that was checked.

    Attributes:
        file: its path as the person gave it.
        key: form, year and period, as far as they are known.
        organisation: the partner; blank where it is not known.
        status: what became of it.
        findings: how many of each severity.
        counts: whether a later return of the same partner takes its place.
    """

    file: str
    key: GroupKey
    organisation: str
    status: Status
    findings: Mapping[Severity, int]
    counts: bool


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule was broken: in how many findings, and in how many returns."""

    rule: str
    title: str
    severity: Severity
    findings: int
    returns: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A batch of returns summed up.

    Attributes:
        against: the commissioning workbook that they were compared with; None without one.
        received: every file, in the order of the batch.
        groups: by form, year and period.
        rules: by severity, the most frequent first.
        findings: all of them, file by file.
    """

    against: str | None
    received: tuple[Received, ...]
    groups: tuple[Group, ...]
    rules: tuple[RuleCount, ...]
    findings: tuple[Finding, ...]

    def number(self, status: Status) -> int:
        """Count the files of which this became."""
        return sum(received.status == status for received in self.received)


def summarise(
    batch: Sequence[Checked],
    forms: Iterable[Form],
    catalogue: Catalogue,
    against: Against | None,
    counted: Collection[str],
) -> Summary:
    """Sum a batch up.

    Args:
        batch: what was checked.
        forms: the forms.
        catalogue: for the titles of rules.
        against: what it was compared with; it says who has returned nothing.
        counted: the files that count where a partner has sent several.
    """
    known = {form.name: form for form in forms}
    received = tuple(_received(each, known, each.file in counted) for each in batch)
    return Summary(
        None if against is None else against.file,
        received,
        tuple(_groups(batch, received, known, against)),
        tuple(_rules(batch, catalogue)),
        tuple(finding for each in batch for finding in each.findings),
    )


def _received(checked: Checked, forms: Mapping[str, Form], counts: bool) -> Received:  # noqa: FBT001 - a column of the report
    form = forms.get(checked.form or "")
    case = None if form is None else _case(checked, form)
    return Received(
        checked.file,
        GroupKey(checked.form or "", "", "") if case is None else _key(case),
        "" if case is None else _organisation(case),
        checked.status,
        {severity: count(checked.findings, severity) for severity in SEVERITIES},
        counts,
    )


def _case(checked: Checked, form: Form, against: Against | None = None) -> Case | None:
    if not isinstance(checked.given, Return):
        return None
    return Case(checked.given, form, against, checked.issued, frozenset(_spoilt(checked.findings)))


def _spoilt(findings: Iterable[Finding]) -> Iterator[Position]:
    """Give the cells that no sum counts, because of what was found in them."""
    spoiling = {check.rule for check in CHECKS if check.spoils}
    for finding in findings:
        if finding.rule in spoiling and finding.place.sheet is not None:
            for row, column in finding_cells(finding):
                yield finding.place.sheet, row, column


def _text(case: Case, role: FieldRole) -> str:
    entry = case.field(role)
    return "" if entry is None else tidy(entry.text)


def _key(case: Case) -> GroupKey:
    period = case.period.name if case.period is not None else _text(case, "period")
    year = _text(case, "year")
    if case.issued is not None:
        # Last year's return is none for this year; a year that nobody can read is this one.
        year = str(year_of(year) or case.issued.year)
    return GroupKey(case.form.name, year, period)


def _organisation(case: Case) -> str:
    return _text(case, "organisation") if case.issued is None else case.issued.organisation


def _groups(
    batch: Sequence[Checked],
    received: Sequence[Received],
    forms: Mapping[str, Form],
    against: Against | None,
) -> Iterator[Group]:
    members: dict[GroupKey, list[tuple[Checked, Received]]] = {}
    for checked, row in zip(batch, received, strict=True):
        if row.counts and isinstance(checked.given, Return) and row.key.form in forms:
            members.setdefault(row.key, []).append((checked, row))
    for key in sorted(members):
        form = forms[key.form]
        returned = [_standing(checked, row, form, against) for checked, row in members[key]]
        returned.sort(key=lambda standing: (folded(standing.organisation), standing.file or ""))
        missing = _missing(key, [checked.issued for checked, _ in members[key]], against)
        # Nobody owes a return of a period that is none.
        owed = missing if _is_period(key, form) else ()
        title = form.title if key.period or not form.period else f"{form.title} (no period chosen)"
        is_plan = form.field_for("planned") is not None
        has_money = is_plan or _columns_of_spending(form) is not None
        yield Group(key, title, is_plan, has_money, (*returned, *owed))


def _is_period(key: GroupKey, form: Form) -> bool:
    return not form.period or key.period in {each.name for each in form.period}


def _standing(checked: Checked, row: Received, form: Form, against: Against | None) -> Standing:
    case, issued = _case(checked, form, against), checked.issued
    area = issued.area if issued is not None else ("" if case is None else _text(case, "area"))
    money = Money(None, None) if case is None else _money(case, row.key.year)
    return Standing(row.organisation, area, checked.file, checked.status, money)


def _money(case: Case, year: str) -> Money:
    """Say what a return says of its money; what it was given is the workbook's word, if known."""
    form = case.form
    planned, award = form.field_for("planned"), form.field_for("award")
    given = None if case.issued is None or case.issued.year != year else case.issued.award
    if planned is not None:
        stated = None if award is None else case.field_amount(award.name)
        used = case.field_amount(planned.name) if _is_plan(case) else None
        return Money(stated if given is None else given, used)
    spending = _columns_of_spending(form)
    if spending is None:
        return Money(given, None)
    outturn, budget = spending
    due = case.column_total(budget.header) if given is None else given
    if is_untouched(case) or not _has_all_lines(case):
        return Money(due, None)
    spent, forecast = _filled_total(case, "spent"), _filled_total(case, "forecast")
    is_known = spent is not None and forecast is not None
    used = case.column_total(outturn.header) if is_known else None
    return Money(due, used, spent, forecast)


def _is_plan(case: Case) -> bool:
    """Tell whether anything is planned, and no row adds others up, which would count twice."""
    has_sums = any(is_total_row(case, row) for row in case.given.filled)
    return not has_sums and not is_untouched(case)


def _has_all_lines(case: Case) -> bool:
    """Tell whether the rows are the lines that the form was issued with, none more or less."""
    if case.issued is None or case.form.column_for("line id") is None:
        return True
    known = len(pairs(case, case.issued))
    return known == len(case.issued.lines) == len(case.given.filled)


def _filled_total(case: Case, role: ColumnRole) -> int | None:
    """Add up the columns of a role; None where an amount of them is not known or still blank."""
    columns = [each for each in case.form.table.column if each.role == role]
    if not all(is_there(case, each, row) for row in case.given.filled for each in columns):
        return None
    totals = [case.column_total(each.header) for each in columns]
    known = [each for each in totals if each is not None]
    return sum(known) if len(known) == len(totals) else None


def _columns_of_spending(form: Form) -> tuple[ColumnSpec, ColumnSpec] | None:
    """Give the columns of outturn and budget; None for a form without them."""
    outturn, budget = form.column_for("outturn"), form.column_for("budget")
    return None if outturn is None or budget is None else (outturn, budget)


def _missing(
    key: GroupKey, returned: Collection[Issued | None], against: Against | None
) -> Iterator[Standing]:
    """Give the partners that the workbook expects a return from and that have sent none."""
    for issued in against.issued if against is not None else ():
        if (issued.form, issued.year) == (key.form, key.year) and issued not in returned:
            yield Standing(issued.organisation, issued.area, None, None, Money(issued.award, None))


def _rules(batch: Sequence[Checked], catalogue: Catalogue) -> Iterator[RuleCount]:
    findings = Counter(finding.rule for each in batch for finding in each.findings)
    returns = Counter(
        rule for each in batch for rule in {finding.rule for finding in each.findings}
    )
    severity = {finding.rule: finding.severity for each in batch for finding in each.findings}

    def order(rule: str) -> tuple[int, int, str]:
        return SEVERITIES.index(severity[rule]), -findings[rule], rule

    for rule in sorted(findings, key=order):
        declared = catalogue.rule.get(rule)
        title = rule if declared is None else declared.title
        yield RuleCount(rule, title, severity[rule], findings[rule], returns[rule])
