"""What `Figures` is to hold in its last three columns: computed, difference and status, live."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from xlframework.rules.reconcile.compare import Statement, Status
from xlframework.rules.reconcile.evaluate import Setting
from xlframework.rules.reconcile.figures import Checked
from xlframework.sheets.change import BLANK, Wanted, WantedCell
from xlframework.sheets.claim_formulas import (
    computed_formula,
    difference_formula,
    status_formula,
)
from xlframework.sheets.palette import ColumnKind, Look, RowKind
from xlframework.sheets.snapshot import TableView

# The columns of the team's table that are ours.
OUTPUTS = ("Computed", "Difference", "Status")

_LOOKS: Mapping[Status, RowKind] = {"agrees": "good", "differs": "bad", "cannot be checked": "line"}


def wanted_figures(
    view: TableView, checked: Iterable[Checked], setting: Setting, names: frozenset[str]
) -> Iterator[WantedCell]:
    """Give the cells of `Figures` that are ours, row by row.

    A row that nobody has filled in keeps none of them.

    Args:
        view: the table as it stands.
        checked: its figures.
        setting: what they were worked out from.
        names: the named cells that the workbook has.
    """
    by_row = {each.figure.origin.row: each for each in checked}
    for row in view.rows:
        each = by_row.get(row)
        cells = (BLANK, BLANK, BLANK) if each is None else _cells(each, setting, names)
        for header, wanted in zip(OUTPUTS, cells, strict=True):
            yield WantedCell(view.sheet.name, row, view.columns[header], wanted)


def _cells(
    checked: Checked, setting: Setting, names: frozenset[str]
) -> tuple[Wanted, Wanted, Wanted]:
    look = Look("warning" if checked.problem else _LOOKS[checked.status], "text")
    statement, computed, difference = checked.statement, checked.computed, checked.difference
    if statement is None or computed is None or difference is None:
        nothing = Wanted(None, None, Look("line", "number"))
        return nothing, nothing, Wanted(checked.status, None, look)
    number = Look("line", _kind(statement))
    return (
        Wanted(_decimal(computed), computed_formula(checked, setting, names), number),
        Wanted(_decimal(difference), difference_formula(statement), number),
        Wanted(checked.status, status_formula(), look),
    )


def _kind(statement: Statement) -> ColumnKind:
    """Choose how the figures of a row show."""
    if statement.unit.name == "GBP":
        return "money" if statement.precision.denominator == 1 else "pence"
    return "count" if statement.unit.name == "count" else "number"


def _decimal(number: Fraction) -> Decimal:
    """Give a figure that was rounded to its precision, and so is a short decimal."""
    return Decimal(number.numerator) / Decimal(number.denominator)
