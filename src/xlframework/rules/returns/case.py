"""What a rule about a return is given: the return, its form, and what it is compared with."""

from collections.abc import Iterator
from dataclasses import dataclass

from xlframework.model.budget import Unread
from xlframework.model.form import ColumnSpec, FieldRole, FieldSpec, Form, Period, Sum
from xlframework.model.returns import Against, Entry, Issued, Position, Return, ReturnRow, position

_POUND = 100


@dataclass(frozen=True, slots=True)
class Case:
    """One return under examination.

    Attributes:
        given: the return as read.
        form: its form as declared.
        against: the commissioning workbook; None without `--against`.
        issued: what the form was issued with, as that workbook has it; None without it,
            or where no partner of it fits.
        spoilt: cells that an earlier rule found fault with, and whose values therefore
            count in no sum.
    """

    given: Return
    form: Form
    against: Against | None = None
    issued: Issued | None = None
    spoilt: frozenset[Position] = frozenset()

    def field(self, role: FieldRole) -> Entry | None:
        """Give the named cell that is for something; None where it was not found."""
        spec = self.form.field_for(role)
        return None if spec is None else self.given.fields.get(spec.name)

    def fields(self) -> Iterator[tuple[FieldSpec, Entry]]:
        """Give each named cell that was found with its declaration, in the declared order."""
        for spec in self.form.field:
            entry = self.given.fields.get(spec.name)
            if entry is not None:
                yield spec, entry

    def cells(self) -> Iterator[tuple[ReturnRow, ColumnSpec, Entry]]:
        """Give each cell of the filled rows with its declaration, row by row."""
        for row in self.given.filled:
            for spec in self.form.table.column:
                entry = row.entries.get(spec.header)
                if entry is not None:
                    yield row, spec, entry

    def inputs(self) -> Iterator[tuple[FieldSpec | ColumnSpec, Entry]]:
        """Give each cell that the partner fills in, with its declaration."""
        yield from ((spec, entry) for spec, entry in self.fields() if spec.is_input)
        yield from ((spec, entry) for _, spec, entry in self.cells() if spec.is_input)

    @property
    def period(self) -> Period | None:
        """The period that the return says it is for; None where it says none of the list."""
        entry = self.field("period")
        text = "" if entry is None else entry.text.strip().casefold()
        return next((each for each in self.form.period if each.name.casefold() == text), None)

    def is_sound(self, entry: Entry | None) -> bool:
        """Tell whether a cell is there and nothing was found wrong with it."""
        if entry is None or position(entry) in self.spoilt:
            return False
        return not isinstance(entry.amount, Unread)

    def amount(self, row: ReturnRow, header: str) -> int | None:
        """Give the amount that a sum counts: a worked out one from its parts, never as stored.

        Returns:
            Pence, blank counting as nought; None where it cannot be known, because the
            cell or one that it is made of could not be read or is missing.
        """
        spec = next((each for each in self.form.table.column if each.header == header), None)
        if spec is None:
            return None
        if spec.formula is not None:
            return self.worked_out(row, spec.formula)
        entry = row.entries.get(header)
        if entry is None or not self.is_sound(entry) or isinstance(entry.amount, Unread):
            return None
        return entry.amount or 0

    def worked_out(self, row: ReturnRow, formula: Sum) -> int | None:
        """Work out a declared sum over the cells of a row; None where a part is not known."""
        plus = [self.amount(row, header) for header in formula.sum]
        minus = [self.amount(row, header) for header in formula.less]
        return _total(plus, minus, formula)

    def column_total(self, header: str) -> int | None:
        """Add up a column over the filled rows; None where an amount is not known."""
        return _total([self.amount(row, header) for row in self.given.filled], [], None)

    def field_amount(self, name: str) -> int | None:
        """Give the amount of a named cell, or of a whole column, as `amount` does for a cell."""
        if name in self.form.table.headers:
            return self.column_total(name)
        spec = next((each for each in self.form.field if each.name == name), None)
        if spec is not None and spec.formula is not None:
            plus = [self.field_amount(part) for part in spec.formula.sum]
            minus = [self.field_amount(part) for part in spec.formula.less]
            return _total(plus, minus, spec.formula)
        entry = self.given.fields.get(name)
        if entry is None or not self.is_sound(entry) or isinstance(entry.amount, Unread):
            return None
        return entry.amount or 0


def _total(plus: list[int | None], minus: list[int | None], formula: Sum | None) -> int | None:
    known = [each for each in plus if each is not None]
    taken = [each for each in minus if each is not None]
    if len(known) < len(plus) or len(taken) < len(minus):
        return None
    total = sum(known) - sum(taken)
    if formula is not None and formula.at_least is not None:
        total = max(total, formula.at_least * _POUND)
    return total
