"""The words of a report: what becomes of returns, and how a group of them is called."""

from collections.abc import Mapping

from xlframework.rules.returns.checked import Status
from xlframework.rules.returns.summary import Group, GroupKey
from xlframework.sheets.palette import RowKind

NOT_KNOWN = "not known"
NOT_RETURNED = "not returned"
ON_FIGURES = (
    "What is blank or could not be read is not known, and is in no total. "
    "The figures of a rejected return may change."
)

STATUSES: tuple[Status, ...] = ("accepted", "accepted with warnings", "rejected", "unreadable")

STATUS_KIND: Mapping[Status | None, RowKind] = {
    "accepted": "good",
    "accepted with warnings": "warning",
    "rejected": "bad",
    "unreadable": "bad",
    None: "line",
}


def status_text(status: Status | None) -> str:
    """Give the word for what became of a return; none was sent where there is no status."""
    return NOT_RETURNED if status is None else status


def group_title(group: Group) -> str:
    """Say what a group's returns are: the form's title, the year and the period."""
    return ", ".join(part for part in (group.title, group.key.year, group.key.period) if part)


def key_text(key: GroupKey) -> tuple[str, str, str]:
    """Give form, year and period for three cells."""
    return key.form or NOT_KNOWN, key.year, key.period
