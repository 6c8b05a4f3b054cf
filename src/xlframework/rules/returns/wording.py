"""How rules name the cells of a return: by label, header and activity, as the partner does."""

import re
from functools import lru_cache

from xlframework.ground.money import pounds_text
from xlframework.model.form import ColumnRole, ColumnSpec, FieldSpec
from xlframework.model.returns import Entry, ReturnRow
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.fault import Fault, fault_at

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60

# What a row is called that only adds up others.
_TOTALS = frozenset({"total", "totals", "subtotal", "subtotals", "sum"})
_OF_TOTALS = _TOTALS | {"grand", "overall", "sub", "plan", "planned", "award", "budget", "all"}

# What a row is called by, the best first.
_NAMES: tuple[ColumnRole, ...] = ("name", "service", "line id")


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """Take a name apart into its words, blind to case and punctuation."""
    return tuple(_WORD.findall(text.casefold()))


def brief(text: str) -> str:
    """Give a text as a message quotes it: on one line, and not for ever."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 3].rstrip() + "..."


def row_name(case: Case, row: ReturnRow) -> str:
    """Name a row by its activity or service; by its number where it has none."""
    for role in _NAMES:
        entry = case.cell(row, role)
        if entry is not None and entry.text.strip():
            return (
                f"\N{LEFT SINGLE QUOTATION MARK}{brief(entry.text)}\N{RIGHT SINGLE QUOTATION MARK}"
            )
    return f"row {row.number}"


def is_total_row(case: Case, row: ReturnRow) -> bool:
    """Tell whether a row of activities is a sum that the partner put in."""
    entry = case.cell(row, "name")
    said = set() if entry is None else set(words(entry.text))
    return bool(said & _TOTALS) and said <= _OF_TOTALS


def cell_of(case: Case, spec: ColumnSpec, row: ReturnRow) -> str:
    """Name a cell of the table: `Q1 of 'Youth diversion'`."""
    return f"{spec.header} of {row_name(case, row)}"


def label_of(spec: FieldSpec) -> str:
    """Name a named cell by its label, without the unit."""
    return spec.label.removesuffix(" (£)")


def header_of(spec: FieldSpec | ColumnSpec) -> str:
    """Name what a cell stands under or beside: its header or its label."""
    return label_of(spec) if isinstance(spec, FieldSpec) else spec.header


def named(case: Case, spec: FieldSpec | ColumnSpec, row: ReturnRow | None) -> str:
    """Name a cell of the form, whichever it is."""
    if isinstance(spec, FieldSpec) or row is None:
        return header_of(spec)
    return cell_of(case, spec, row)


def differs(  # noqa: PLR0913 - the parts of one comparison
    entry: Entry,
    message: str,
    *,
    expected: int,
    found: int,
    together: str = "",
    fix: str | None = None,
) -> Fault:
    """Make a fault of an amount that is not what it should be, both in pence."""
    return fault_at(
        entry,
        message,
        together=together,
        expected=pounds_text(expected),
        found=pounds_text(found),
        difference=pounds_text(found - expected),
        fix=fix,
    )
