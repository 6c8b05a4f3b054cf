"""Writes a form's declared sums as the formulas that stand in its cells."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from xlframework.model.form import ColumnSpec, FieldSpec, Form, Sum
from xlframework.sheets.allocation_formulas import escaped

_FEWEST_IN_A_RANGE = 2


def row_formula(form: Form, spec: ColumnSpec) -> str:
    """Write the formula of a column, without the equals sign and as a file stores it.

    Args:
        form: the form.
        spec: a column of it that is worked out.

    Raises:
        ValueError: if the column is not worked out.
    """
    if spec.formula is None:
        raise ValueError(f"the column {spec.header} has no formula")
    table = form.table.name

    def this(names: Sequence[str]) -> list[str]:
        if len(names) >= _FEWEST_IN_A_RANGE and _are_neighbours(form, names):
            span = f"[{escaped(names[0])}]:[{escaped(names[-1])}]"
            return [f"{table}[[#This Row],{span}]"]
        return [f"{table}[[#This Row],[{escaped(name)}]]" for name in names]

    return _formula(spec.formula, this)


def field_formula(form: Form, spec: FieldSpec) -> str:
    """Write the formula of a named cell, without the equals sign.

    Args:
        form: the form.
        spec: a named cell of it that is worked out.

    Raises:
        ValueError: if the cell is not worked out.
    """
    if spec.formula is None:
        raise ValueError(f"the cell {spec.name} has no formula")

    def refer(names: Sequence[str]) -> list[str]:
        columns = form.table.headers
        return [
            f"SUM({form.table.name}[{escaped(name)}])" if name in columns else name
            for name in names
        ]

    return _formula(spec.formula, refer)


def _formula(meaning: Sum, refer: Callable[[Sequence[str]], list[str]]) -> str:
    plus, minus = refer(meaning.sum), refer(meaning.less)
    # A range needs SUM, and SUM passes over a word where a plus sign would give #VALUE!.
    is_one_cell = len(meaning.sum) == 1
    added = plus[0] if is_one_cell else f"SUM({','.join(plus)})"
    text = "-".join([added, *minus])
    return text if meaning.at_least is None else f"MAX({meaning.at_least},{text})"


def _are_neighbours(form: Form, names: Sequence[str]) -> bool:
    places = [form.table.headers.index(name) for name in names]
    return all(after == before + 1 for before, after in pairwise(places))
