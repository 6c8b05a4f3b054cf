"""What a rule about a return is given: the return, its form, and what it is compared with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xlframework.model.budget import Unread
from xlframework.model.form import (
    ColumnRole,
    ColumnSpec,
    FieldRole,
    FieldSpec,
    Form,
    Period,
    Sum,
)
from xlframework.model.returns import Against, Entry, Issued, Position, Return, ReturnRow, position


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

    def entries(self) -> Iterator[tuple[FieldSpec | ColumnSpec, Entry, ReturnRow | None]]:
        """Give each named cell, without a row, and then each cell of the filled rows."""
        yield from ((spec, entry, None) for spec, entry in self.fields())
        yield from ((spec, entry, row) for row, spec, entry in self.cells())

    def cell(self, row: ReturnRow, role: ColumnRole) -> Entry | None:
        """Give the cell of a row that is for something; None where it was not found."""
        spec = self.form.column_for(role)
        return None if spec is None else row.entries.get(spec.header)

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
        return _worked_out(formula, lambda header: self.amount(row, header))

    def column_total(self, header: str) -> int | None:
        """Add up a column over the filled rows; None where an amount is not known."""
        amounts = [self.amount(row, header) for row in self.given.filled]
        known = [each for each in amounts if each is not None]
        return sum(known) if len(known) == len(amounts) else None

    def field_amount(self, name: str) -> int | None:
        """Give the amount of a named cell, or of a whole column, as `amount` does for a cell."""
        if name in self.form.table.headers:
            return self.column_total(name)
        spec = next((each for each in self.form.field if each.name == name), None)
        if spec is not None and spec.formula is not None:
            return _worked_out(spec.formula, self.field_amount)
        entry = self.given.fields.get(name)
        if entry is None or not self.is_sound(entry) or isinstance(entry.amount, Unread):
            return None
        return entry.amount or 0


def _worked_out(formula: Sum, amount_of: Callable[[str], int | None]) -> int | None:
    amounts = {name: amount_of(name) for name in formula.parts}
    known = {name: pence for name, pence in amounts.items() if pence is not None}
    return formula.of(known) if len(known) == len(amounts) else None
