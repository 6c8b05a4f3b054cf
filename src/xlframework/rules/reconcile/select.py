"""Which lines and sections a claim means, and what they come to in a column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlframework.ground.place import Place
from xlframework.model.budget import Amount, Line, Section, Unread, matching
from xlframework.rules.reconcile.facts import (
    Facts,
    amount_header,
    need_amount_header,
    need_word_header,
    suggestion,
)
from xlframework.rules.reconcile.tree import ClaimError, Condition, UncheckableError
from xlframework.rules.subtotals import key_of

# The columns that lines and sections have in common.
PLACES = ("Block", "Section")

_ON_AMOUNTS = frozenset({"above zero", "zero"})


@dataclass(frozen=True, slots=True)
class Meant:
    """A condition whose column has been found.

    Attributes:
        header: the column, as it stands.
        condition: what its cells must meet.
        is_place: that sections have the column too.
        is_amount: that it holds amounts.
    """

    header: str
    condition: Condition
    is_place: bool
    is_amount: bool


def meant(facts: Facts, conditions: Sequence[Condition]) -> tuple[Meant, ...]:
    """Find the columns of conditions.

    Raises:
        ClaimError: for a column that is not there, or a word that stands nowhere in it.
    """
    return tuple(_meant(facts, condition) for condition in conditions)


def _meant(facts: Facts, condition: Condition) -> Meant:
    is_either = condition.test in {"filled", "blank"}
    if condition.test in _ON_AMOUNTS or (
        is_either and amount_header(facts, condition.column) is not None
    ):
        header = need_amount_header(facts, condition.column, condition.at)
        return Meant(header, condition, is_place=False, is_amount=True)
    header = need_word_header(facts, condition.column, condition.at)
    found = Meant(header, condition, header in PLACES, is_amount=False)
    _check_words(facts, found)
    return found


def _check_words(facts: Facts, each: Meant) -> None:
    """See that somebody can have meant the words of a condition: they stand somewhere."""
    known = tuple(_known_words(facts, each.header))
    if not facts.budget.lines and not each.is_place:
        raise UncheckableError(
            f"{facts.name} has no lines, only the amounts of its sections, so nothing tells "
            f"their {each.header}"
        )
    for word in each.condition.words:
        if not any(_is_word(each.condition, stands, word) for stands in known):
            verb = "begins with" if each.condition.test == "begins" else "is"
            raise ClaimError(
                each.condition.at,
                f"no {each.header} {verb} {word!r} in {facts.name}; "
                f"{suggestion(word, known, 'words there')}",
            )


def _known_words(facts: Facts, header: str) -> Iterator[str]:
    if header in PLACES:
        yield from (_place_word(section, header) for section in facts.budget.sections)
    yield from (word_of(line, header) for line in facts.budget.lines)


def word_of(line: Line, header: str) -> str:
    """Give a word of a line without outer spaces; a date as 2025-03-31."""
    word = line.words.get(header, "")
    return word.isoformat() if isinstance(word, date) else word.strip()


def _place_word(section: Section, header: str) -> str:
    return (section.block if header == "Block" else section.name).strip()


def _is_word(condition: Condition, stands: str, word: str) -> bool:
    folded, wanted = matching(stands), matching(word)
    return folded.startswith(wanted) if condition.test == "begins" else folded == wanted


def _meets_word(condition: Condition, stands: str) -> bool:
    if condition.test == "filled":
        return bool(stands)
    if condition.test == "blank":
        return not stands
    return any(_is_word(condition, stands, word) for word in condition.words)


# The lines by their IDs; of two with one ID, the first.
ById = Mapping[str, Line]


def lines_by_id(facts: Facts) -> ById:
    """Give the lines by their IDs, for amounts that they carry for others."""
    return {line.line_id: line for line in reversed(facts.budget.lines) if line.line_id}


def effective_amount(line: Line, header: str, by_id: ById) -> Amount:
    """Give a line's amount, or the one of the line that it shares an amount with."""
    amount = line.amounts.get(header)
    carrier = by_id.get(line.shared_with) if amount is None else None
    return amount if carrier is None else carrier.amounts.get(header)


def _meets(line: Line, each: Meant, by_id: ById) -> bool:
    if not each.is_amount:
        return _meets_word(each.condition, word_of(line, each.header))
    amount = effective_amount(line, each.header, by_id)
    if isinstance(amount, Unread):
        raise UncheckableError(unread_reason(line.origin.place(each.header), amount))
    if each.condition.test == "above zero":
        return (amount or 0) > 0
    if each.condition.test == "zero":
        return not amount
    return (amount is not None) == (each.condition.test == "filled")


def chosen_lines(facts: Facts, conditions: Sequence[Condition]) -> tuple[Line, ...]:
    """Give the lines that meet every condition.

    Raises:
        ClaimError: for a column or a word that is not there.
        UncheckableError: if nothing tells which lines meet them.
    """
    wanted = meant(facts, conditions)
    check_no_entered(facts, wanted, None)
    return tuple(lines_that_meet(facts, wanted))


def lines_that_meet(facts: Facts, wanted: Sequence[Meant]) -> Iterator[Line]:
    """Give the lines that meet every condition, in the order of the rows.

    Raises:
        UncheckableError: if an amount that decides cannot be read.
    """
    # Words first: an amount that cannot be read matters only where the words are met.
    ordered = sorted(wanted, key=lambda each: each.is_amount)
    by_id = lines_by_id(facts)
    for line in facts.budget.lines:
        if all(_meets(line, each, by_id) for each in ordered):
            yield line


def check_no_entered(facts: Facts, wanted: Sequence[Meant], header: str | None) -> None:
    """See that no section in question has an amount that its lines do not tell.

    Args:
        facts: the edition.
        wanted: the conditions.
        header: the amount column; None for every one, where lines are counted.

    Raises:
        UncheckableError: if one has.
    """
    with_lines = {key_of(line) for line in facts.budget.lines}
    for section in facts.budget.sections:
        entered = header in section.entered if header else key_of(section) not in with_lines
        if entered and section.entered and is_in_question(section, wanted):
            column = f" in {header}" if header else ""
            raise UncheckableError(
                f"the section {section.name} has an entered amount{column}, and no lines that "
                "tell what it is made of"
            )


def is_in_question(section: Section, wanted: Sequence[Meant]) -> bool:
    """Tell whether a section meets the conditions that are about blocks and sections."""
    return all(
        _meets_word(each.condition, _place_word(section, each.header))
        for each in wanted
        if each.is_place
    )


def unread_reason(place: Place, amount: Unread) -> str:
    """Say why an amount silences a claim."""
    return f"the amount {amount.shown!r} in {within(place)} could not be read"


def within(place: Place) -> str:
    """Say where in its file something stands."""
    return f"{place.sheet} {place.cell}" if place.sheet else str(place)
