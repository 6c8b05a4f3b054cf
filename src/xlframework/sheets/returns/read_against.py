"""Reads from a commissioning workbook what every form is issued with."""

from collections.abc import Iterable, Iterator

from xlframework.ground.financial_year import AmountColumn
from xlframework.model.budget import Budget
from xlframework.model.form import Form
from xlframework.model.returns import Against, Locality
from xlframework.rules.returns.issued import issue, tidy
from xlframework.sheets.cells import shown
from xlframework.sheets.snapshot import Snapshot


def read_against(snapshot: Snapshot, budget: Budget, forms: Iterable[Form]) -> Against:
    """Read what returns are compared with: every form of every year, as issued now.

    Args:
        snapshot: of the commissioning workbook.
        budget: of the same workbook.
        forms: the forms.
    """
    localities = tuple(read_localities(snapshot))
    issued = tuple(
        each
        for form in forms
        for column in columns_of(form, budget.columns)
        for each in issue(form, budget.lines, localities, column)[0]
    )
    return Against(snapshot.book.file, issued, budget.lines, localities)


def columns_of(form: Form, columns: Iterable[AmountColumn]) -> tuple[AmountColumn, ...]:
    """Give the amount columns that a form can be issued for, one a year, by year."""
    return tuple(sorted(column for column in columns if column.basis == form.basis))


def read_localities(snapshot: Snapshot) -> Iterator[Locality]:
    """Read the table `Areas`, in the order of its rows."""
    view = snapshot.tables["Areas"]
    for row in view.rows:
        code, name, csp, authority = (
            tidy(shown(view.cell(row, header).value))
            for header in ("Area code", "Area", "CSP", "Lead authority")
        )
        yield Locality(code, name, csp, authority)
