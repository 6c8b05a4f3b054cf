"""What a partner reads about a finding: how much it matters, figures set apart, what to do."""

import re
from collections.abc import Iterator, Mapping

from xlframework.ground.finding import Finding, Severity
from xlframework.ground.money import MoneyError, parse_pounds, spoken_pounds
from xlframework.sheets.palette import RowKind

URGENCY: Mapping[Severity, str] = {
    "error": "Please put right",
    "warning": "Please check",
    "info": "For information",
}

KIND: Mapping[Severity, RowKind] = {"error": "bad", "warning": "warning", "info": "line"}

# Only an amount has two decimals; a year, a code or a version has none.
_AMOUNT = re.compile(r"-?[0-9]+\.[0-9]{2}\Z")


def as_pence(text: str | None) -> int | None:
    """Give the pence of a compared figure, where it is an amount in pounds."""
    if text is None or not _AMOUNT.match(text):
        return None
    try:
        return parse_pounds(text)
    except MoneyError:
        return None


def spoken(text: str) -> str:
    """Write a compared figure for a sentence: an amount with its pound sign and commas."""
    pence = as_pence(text)
    return text if pence is None else spoken_pounds(pence)


def sentence(text: str) -> str:
    """Start a message with a capital letter, and end it with a full stop."""
    started = text[:1].upper() + text[1:]
    return started if started.endswith((".", "!", "?")) else f"{started}."


def compared(finding: Finding) -> Iterator[tuple[str, str]]:
    """Give what was compared: the word, and the figure or text."""
    for word, text in (
        ("Expected", finding.expected),
        ("Found", finding.found),
        ("Difference", finding.difference),
    ):
        if text is not None:
            yield word, spoken(text)
