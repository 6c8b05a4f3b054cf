"""Where everything stands on a form's sheet."""

from collections.abc import Mapping
from dataclasses import dataclass

from xlframework.ground.place import Area
from xlframework.model.form import Form

TITLE_ROW = 1
_LABELS, _VALUES = 1, 2


@dataclass(frozen=True, slots=True)
class FormLayout:
    """The places of a form's parts; a cell is (row, column), from 1.

    Attributes:
        intro: the row of the sentence under the title.
        fields: each named cell's value, its label being the cell to the left.
        covered: the row that says which lines are not asked for; None without any.
        table: header row and all rows.
    """

    intro: int
    fields: Mapping[str, tuple[int, int]]
    covered: int | None
    table: Area

    @property
    def header(self) -> int:
        """The row of the table's header."""
        return self.table.first_row

    @property
    def rows(self) -> range:
        """The rows of the table below its header."""
        return range(self.table.first_row + 1, self.table.last_row + 1)


def lay_out(form: Form, rows: int, *, covered: bool = False) -> FormLayout:
    """Place a form's parts: title, hidden cells, named cells in two blocks, table.

    Args:
        form: the form.
        rows: how many rows its table has; at least one.
        covered: whether there are lines that another line's amount covers.
    """
    fields: dict[str, tuple[int, int]] = {}
    row = TITLE_ROW
    for spec in form.field:
        if spec.hidden:
            row += 1
            fields[spec.name] = (row, _VALUES)
    intro = row + 1
    left = right = intro
    for spec in form.field:
        if spec.hidden:
            continue
        if spec.above is None:
            left += 1
            fields[spec.name] = (left, _VALUES)
        else:
            right += 1
            fields[spec.name] = (right, 1 + form.table.headers.index(spec.above))
    last = max(left, right) + covered
    # One empty row keeps the table apart from what stands above it.
    header = last + 2
    table = Area(header, _LABELS, header + max(rows, 1), len(form.table.column))
    return FormLayout(intro, fields, last if covered else None, table)
