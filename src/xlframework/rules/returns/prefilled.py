"""What a form is issued with, cell by cell: the words and amounts that are filled in and locked."""

from collections.abc import Mapping

from xlframework.model.form import ColumnSpec, FieldSpec, Form
from xlframework.model.returns import Issued, IssuedLine

# Words, or an amount in pence.
Filled = str | int


def field_value(form: Form, spec: FieldSpec, issued: Issued) -> Filled | None:
    """Give what a named cell is filled in with; None for one that we do not fill in.

    Args:
        form: the form.
        spec: the named cell.
        issued: the partner's share.
    """
    values: Mapping[str | None, Filled] = {
        "form": form.name,
        "version": form.version,
        "organisation": issued.organisation,
        "area": issued.area,
        "area code": issued.area_code,
        "year": issued.year,
        "award": issued.award,
    }
    return values.get(spec.role) if spec.filled else None


def line_value(spec: ColumnSpec, line: IssuedLine) -> Filled | None:
    """Give what a column is filled in with in a line's row; None for one that we leave alone.

    Args:
        spec: the column.
        line: the budget line of the row.
    """
    values: Mapping[str | None, Filled] = {
        "line id": line.line_id,
        "service": line.service,
        "budget": line.budget,
    }
    return values.get(spec.role) if spec.filled else None


def row_amounts(form: Form, line: IssuedLine | None) -> Mapping[str, int]:
    """Give the amounts of a row as issued, the worked out ones with them, in pence by header.

    Args:
        form: the form.
        line: the budget line of the row; None for an empty row.
    """
    amounts: dict[str, int] = {}
    for spec in form.table.column:
        value = line_value(spec, line) if line is not None else None
        if isinstance(value, int):
            amounts[spec.header] = value
        elif spec.formula is not None:
            amounts[spec.header] = spec.formula.of(amounts)
    return amounts


def field_amounts(form: Form, issued: Issued, rows: list[Mapping[str, int]]) -> Mapping[str, int]:
    """Give the amounts of the named cells as issued, the worked out ones with them, in pence.

    Args:
        form: the form.
        issued: the partner's share.
        rows: the amounts of every row.
    """
    amounts = {header: sum(row.get(header, 0) for row in rows) for header in form.table.headers}
    for spec in form.field:
        value = field_value(form, spec, issued)
        if isinstance(value, int):
            amounts[spec.name] = value
        elif spec.formula is not None:
            amounts[spec.name] = spec.formula.of(amounts)
    return {spec.name: amounts[spec.name] for spec in form.field if spec.name in amounts}
