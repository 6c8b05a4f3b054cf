"""Reads the labels of a table's rows: which are subtotals and totals, and of what."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from xlframework.appendix.layout import Layout
from xlframework.appendix.parse.text import (
    are_alike,
    backwards,
    pattern_value,
    plain,
    same_label,
)

# Total, Grand total, Victims sub-total, Total for Victims.
_SUM_WORD = r"(?:sub)?totals?"
_OTHER_TOTAL = re.compile(
    rf"(?:{_SUM_WORD})(?: (?:for|of))?(?: (?P<of>.+))?|(?P<what>.+) (?:{_SUM_WORD})"
)
_WHOLE = frozenset({"", "grand", "overall", "all", "budget", "all lines", "expenditure", "spend"})


@dataclass(frozen=True, slots=True)
class SumLabel:
    """What a label says of a row that adds up others.

    Attributes:
        subtotal: whether it can be a subtotal.
        total: whether it can be the table's total.
        section: the section that a subtotal names; the empty text if none.
        declared: whether the layout declares this label; otherwise it is a guess.
    """

    subtotal: bool
    total: bool
    section: str
    declared: bool


def read_sum_label(layout: Layout, label: str, sections: Collection[str]) -> SumLabel | None:
    """Read a label as that of a subtotal or total; None if it is neither.

    Args:
        layout: declares its own labels.
        label: as it stands.
        sections: names of sections that the table shows elsewhere, folded by `plain`.
    """
    total = layout.total is not None and same_label(layout.total.label, label)
    section = _declared_section(layout, label, sections)
    if total or section is not None:
        return SumLabel(section is not None, total, section or "", declared=True)
    match = _OTHER_TOTAL.fullmatch(plain(label))
    if match is None:
        return None
    of = match["of"] or match["what"] or ""
    whole = of in _WHOLE
    is_sub = plain(label).startswith("sub") or " sub" in plain(label)
    named = any(name == of or are_alike(name, of) for name in sections)
    if not (whole or is_sub or named or not sections):
        return None
    section = "" if whole else _original(label, of)
    return SumLabel(subtotal=True, total=whole and not is_sub, section=section, declared=False)


def _original(label: str, folded: str) -> str:
    """Give the part of a label that a folded name was made of, as it is written."""
    words = label.split()
    kept = [word for word in words if plain(word) and plain(word) in folded]
    return " ".join(kept).strip(" :-\N{EN DASH}")


def _declared_section(layout: Layout, label: str, sections: Collection[str]) -> str | None:
    if layout.subtotal is None:
        return None
    worded = backwards(layout.subtotal.words, label)
    if worded is not None:
        return worded
    if any(same_label(shown, label) for shown in (layout.subtotal.words or {}).values()):
        return ""
    found = pattern_value(layout.subtotal.label, "section", label)
    if found is None or plain(layout.subtotal.label.format(section="")):
        return found
    # The label is nothing but the section's name, as that of a line could be.
    return found if plain(found) in sections else None
