"""Rows that published tables print beside the budget's lines: areas, and the forward plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlframework.model.budget import Origin

# What a cell of such a row holds; the empty text where it is blank.
Entry = str | date | Decimal


@dataclass(frozen=True, slots=True)
class Record:
    """A row of `Areas` or `Forward_plan`.

    Attributes:
        key: what the table `Printed` calls it: the area's code, the entry's order.
        words: what its cells hold, by header.
        origin: where it stands.
    """

    key: str
    words: Mapping[str, Entry]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Further:
    """What a published table may need besides the budget.

    Attributes:
        areas: the rows of `Areas`.
        awards: the awards of the split in pence, by area code; None where the
            workbook gives none.
        forward_plan: the rows of `Forward_plan`.
    """

    areas: tuple[Record, ...] = ()
    awards: Mapping[str, int] | None = None
    forward_plan: tuple[Record, ...] = ()
