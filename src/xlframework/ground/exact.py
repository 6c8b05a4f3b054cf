"""Exact numbers: read from text as fractions, and written as plain decimals.

A number is never a float here: 0.1 is a tenth, and 1/3 is a third.
"""

import re
from fractions import Fraction

_DECIMAL = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+"
_NUMBER = re.compile(rf"(?P<sign>[-+\N{{MINUS SIGN}}]?)\s*(?P<number>{_DECIMAL})\Z")
_RATIO = re.compile(rf"(?P<top>{_DECIMAL})\s*/\s*(?P<bottom>{_DECIMAL})\Z")

# A longer number is a slip of the hand, and would only make the arithmetic slow.
_LONGEST = 40


class NumberError(ValueError):
    """A text that is not a number; its message says why."""


def parse_number(text: str) -> Fraction:
    """Read a plain decimal, with or without commas between thousands: `1,234.5`, `-0.1`.

    Raises:
        NumberError: for anything else: `n/a`, `1e3`, `12,34`, `5%`.
    """
    stripped = text.strip()
    match = _NUMBER.match(stripped)
    if match is None or len(stripped) > _LONGEST:
        raise NumberError(f"{text!r} is not a number")
    number = Fraction(match["number"].replace(",", ""))
    return -number if match["sign"] in {"-", "\N{MINUS SIGN}"} else number


def parse_ratio(text: str) -> Fraction:
    """Read a decimal or a fraction: `0.40`, `1/3`.

    Raises:
        NumberError: for anything else, and for a fraction over nought.
    """
    stripped = text.strip()
    match = _RATIO.match(stripped)
    if match is None:
        return parse_number(text)
    bottom = parse_number(match["bottom"])
    if bottom == 0:
        raise NumberError(f"{text!r} divides by nought")
    return parse_number(match["top"]) / bottom


def parse_percent(text: str) -> Fraction:
    """Read a percentage, its sign included, as a fraction of one: `25%` is a quarter.

    Raises:
        NumberError: for anything else; a number without the sign could mean either.
    """
    stripped = text.strip()
    if not stripped.endswith("%"):
        raise NumberError(f"{text!r} is not a percentage")
    return parse_number(stripped[:-1]) / 100


def round_half_up(number: Fraction) -> int:
    """Round to a whole number, a half away from nought."""
    size = abs(number)
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return -whole if number < 0 else whole


def decimal_text(number: Fraction, decimals: int) -> str:
    """Write a number with so many decimals, a half rounded away from nought: `0.333`.

    Args:
        number: any number.
        decimals: how many; nought for a whole number.
    """
    whole = round_half_up(number * 10**decimals)
    digits = f"{abs(whole):0{decimals + 1}d}"
    sign = "-" if whole < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits


def short_text(number: Fraction, most: int = 12) -> str:
    """Write a number with as few decimals as it needs, and at most so many: `0.05`, `3`."""
    text = decimal_text(number, most)
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_text(number: Fraction, decimals: int = 1) -> str:
    """Write a fraction of one as a percentage: `33.3%`."""
    return f"{decimal_text(number * 100, decimals)}%"
