"""Every rule about returns, in the order they run, and the run itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import get_args

from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue, Level
from xlframework.model.returns import Position
from xlframework.rules.returns import (
    amounts,
    award,
    file,
    monitoring,
    provision,
    structure,
    sums,
    words,
)
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.fault import Fault, as_findings

RuleFunction = Callable[[Case], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: its id, its function, and what its faults mean for the rules after it.

    Attributes:
        rule: its id in the catalogue.
        function: gives its faults.
        spoils: whether a cell that it reports counts in no sum afterwards.
    """

    rule: str
    function: RuleFunction
    spoils: bool = False


# The order matters: of several rules that report one cell, the first one is heard. So what
# is wrong with a figure comes before what is only unusual about its cell.
CHECKS: tuple[Check, ...] = (
    Check("return-form-version", file.form_version),
    Check("return-macros", file.macros),
    Check("return-links", file.links),
    Check("return-hidden", file.hidden),
    Check("return-empty", file.empty),
    Check("return-not-compared", file.not_compared),
    Check("return-sheet-renamed", structure.sheet_renamed),
    Check("return-sheet-moved", structure.sheet_moved),
    Check("return-sheet-copied", structure.sheet_copied),
    Check("return-name-missing", structure.name_missing),
    Check("return-table-missing", structure.table_missing),
    Check("return-table-short", structure.table_short),
    Check("return-column-missing", structure.column_missing),
    Check("return-column-duplicate", structure.column_duplicate),
    Check("return-column-renamed", structure.column_renamed),
    Check("return-column-extra", structure.column_extra),
    Check("return-rows-below", structure.rows_below),
    Check("return-row-blank", structure.row_blank),
    Check("return-merged", structure.merged),
    Check("return-formula-text", amounts.formula_text, spoils=True),
    Check("return-amount-text", amounts.text, spoils=True),
    Check("return-amount-date", amounts.as_date, spoils=True),
    Check("return-amount-error", amounts.as_error, spoils=True),
    Check("return-amount-fraction", amounts.fraction, spoils=True),
    Check("return-amount-large", amounts.large, spoils=True),
    Check("return-amount-not-calculated", amounts.not_calculated, spoils=True),
    Check("return-amount-negative", amounts.negative, spoils=True),
    Check("return-word-error", amounts.word_error),
    Check("return-year-unread", words.year_unread),
    Check("return-list-unknown", words.list_unknown),
    Check("return-date-unread", words.date_unread),
    Check("return-required-blank", words.required_blank),
    Check("return-nought-blank", words.nought_blank),
    Check("return-quarters-sum", sums.quarters_sum),
    Check("return-total-wrong", sums.total_wrong),
    Check("return-row-total", sums.row_total),
    Check("return-activity-duplicate", sums.activity_duplicate),
    Check("return-activity-repeated", sums.activity_repeated),
    Check("return-partner-unknown", award.partner_unknown),
    Check("return-year-other", award.year_other),
    Check("return-area-other", award.area_other),
    Check("return-organisation-other", award.organisation_other),
    Check("return-prefilled-changed", award.prefilled_changed, spoils=True),
    Check("return-line-other", award.line_other),
    Check("return-plan-above-award", award.plan_above),
    Check("return-plan-below-award", award.plan_below),
    Check("return-provision-duplicate", provision.provision_duplicate),
    Check("return-funding-section", provision.funding_section),
    Check("return-small-grant", provision.small_grant),
    Check("return-quarter-not-ended", monitoring.quarter_not_ended, spoils=True),
    Check("return-forecast-after-year", monitoring.forecast_after_year, spoils=True),
    Check("return-variance-unexplained", monitoring.variance_unexplained),
    Check("return-underspend-not-returned", monitoring.underspend_not_returned),
    Check("return-outturn-above-budget", monitoring.outturn_above_budget),
    Check("return-formula-replaced", sums.formula_replaced),
    Check("return-formula-changed", sums.formula_changed),
    Check("return-name-lost", structure.name_lost),
)

_LEVELS: tuple[Level, ...] = get_args(Level)


def check_return(
    case: Case, catalogue: Catalogue, checks: tuple[Check, ...] = CHECKS
) -> tuple[Finding, ...]:
    """Run every rule over a return.

    A cell is reported by the first rule that finds fault with it, and by no other.

    Args:
        case: the return and what it is compared with.
        catalogue: for severity and advice.
        checks: the rules; those that the form does without are passed over.

    Returns:
        The findings, level by level and rule by rule, each rule's in the order of the cells.
    """
    findings: list[Finding] = []
    reported: set[Position] = set()
    for check in checks:
        if check.rule in case.form.without:
            continue
        faults = [fault for fault in check.function(case) if fault.position not in reported]
        findings.extend(as_findings(check.rule, case.given.file, faults, catalogue))
        cells = {at for fault in faults if (at := fault.position) is not None}
        reported |= cells
        if check.spoils and cells:
            case = replace(case, spoilt=case.spoilt | cells)
    return tuple(sorted(findings, key=lambda finding: _level(finding, catalogue)))


def _level(finding: Finding, catalogue: Catalogue) -> int:
    level = catalogue.rule[finding.rule].level
    return len(_LEVELS) if level is None else _LEVELS.index(level)
