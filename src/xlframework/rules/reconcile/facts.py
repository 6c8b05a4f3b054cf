"""What claims are worked out from: one edition's budget, its areas, its pot and its figures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from xlframework.ground.financial_year import AmountColumn
from xlframework.ground.folding import folded
from xlframework.model.budget import Amount, Budget
from xlframework.model.figures import StatedFigure
from xlframework.rules.reconcile.tree import ClaimError

NOT_SPLIT = "the table Indicators is empty, so nothing is split"


@dataclass(frozen=True, slots=True)
class Facts:
    """One edition, from a workbook or from its folder.

    Attributes:
        edition: its name, as on the Cover; blank where it has none.
        budget: with a section for every line.
        headers: the columns of `Lines` that hold words.
        areas: how many areas `Areas` has.
        pot: the pot of the sheet `Formula`.
        awards: pence that the split awards; None where there is no split.
        no_awards: why there is none.
        figures: what its document states.
        called: what a message calls it, where its edition's name would not tell it.
    """

    edition: str
    budget: Budget
    headers: tuple[str, ...]
    areas: int = 0
    pot: Amount = None
    awards: int | None = None
    no_awards: str = NOT_SPLIT
    figures: tuple[StatedFigure, ...] = ()
    called: str = ""

    @property
    def name(self) -> str:
        """What a message calls it."""
        return self.called or (f"the edition {self.edition}" if self.edition else "this workbook")


def amount_header(facts: Facts, column: str) -> str | None:
    """Find an amount column by its header, blind to case, spaces and 2024-25 for 2024/25."""
    try:
        wanted = str(AmountColumn.parse(column))
    except ValueError:
        return None
    return wanted if wanted in facts.budget.headers else None


def need_amount_header(facts: Facts, column: str, at: int) -> str:
    """Find an amount column.

    Raises:
        ClaimError: if there is none of that header; it names the most similar one.
    """
    header = amount_header(facts, column)
    if header is None:
        is_word = word_header(facts, column) is not None
        what = "holds no amounts" if is_word else "is not there"
        hint = suggestion(column, facts.budget.headers, "columns of amounts")
        raise ClaimError(at, f"the column [{column}] {what} in {facts.name}; {hint}")
    return header


def word_header(facts: Facts, column: str) -> str | None:
    """Find a column of words by its header, blind to case and spaces."""
    wanted = folded(column)
    return next((header for header in facts.headers if folded(header) == wanted), None)


def need_word_header(facts: Facts, column: str, at: int) -> str:
    """Find a column of words.

    Raises:
        ClaimError: if there is none of that header; it names the most similar one.
    """
    header = word_header(facts, column)
    if header is None:
        if amount_header(facts, column) is not None:
            raise ClaimError(at, f"[{column}] holds amounts; compare it as > 0 or = 0")
        raise ClaimError(
            at,
            f"the column [{column}] is not there in {facts.name}; "
            f"{suggestion(column, facts.headers, 'columns')}",
        )
    return header


# As many as a person takes in at a glance.
_FEW = 6

_DIGITS = re.compile("[0-9]")


def suggestion(wrong: str, known: Iterable[str], what: str) -> str:
    """Say what was probably meant, or what there is to choose from.

    Args:
        wrong: as it was written.
        known: what would have been right.
        what: what those are, in the plural.
    """
    listed = tuple(dict.fromkeys(word for word in known if word.strip()))
    near = _nearest(wrong, listed)
    # Another number is no slip of the hand: 3.2 was not meant by 3.3, nor one year by another.
    if near is not None and _DIGITS.sub("", near).casefold() != _DIGITS.sub("", wrong).casefold():
        return f"did you mean {near!r}?"
    if not listed:
        return f"there are no {what}"
    return f"the {what} are {', '.join(listed[:_FEW])}{', ...' if len(listed) > _FEW else ''}"


def _nearest(wrong: str, known: Sequence[str]) -> str | None:
    """Give the known word that is most like another, blind to case; None if none is like it."""
    spelt = {folded(word): word for word in known}
    near = get_close_matches(folded(wrong), spelt, 1)
    if near:
        return spelt[near[0]]
    # A long name of which somebody typed the beginning, or a part of it.
    inside = [word for key, word in spelt.items() if folded(wrong) in key]
    return inside[0] if inside and wrong.strip() else None
