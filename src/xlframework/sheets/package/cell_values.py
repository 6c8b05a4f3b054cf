"""Turns what a cell's XML holds into its value."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

from xlframework.sheets.package.escapes import decode
from xlframework.sheets.package.records import ErrorValue, Value
from xlframework.sheets.package.xml import Element, main

_NUMBER = re.compile(r"\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\s*\Z")
_INDEX = re.compile(r"\s*[0-9]{1,9}\s*\Z")
_SECONDS_IN_A_DAY = 86_400
_MICROSECONDS_IN_A_DAY = _SECONDS_IN_A_DAY * 1_000_000
_FIRST_DAY_AFTER_FALSE_LEAP_DAY = date(1900, 3, 1)
_DAY_NOUGHT_1904 = date(1904, 1, 1)
_DAY_NOUGHT_1900 = date(1899, 12, 30)

_T = main("t")
_R = main("r")


class CellError(ValueError):
    """A cell whose XML makes no sense; its text says why."""


def number(text: str) -> Decimal:
    """Read a stored number through its shortest decimal text; whole numbers have no exponent.

    Raises:
        CellError: if the text is no number.
    """
    if not _NUMBER.match(text):
        raise CellError(f"{text!r} is not a number")
    shortest = Decimal(repr(float(text)))
    if not shortest.is_finite():
        raise CellError(f"{text!r} is too large for a number")
    whole = int(shortest)
    return Decimal(whole) if whole == shortest else shortest


def rich_text(parent: Element) -> str:
    """Read the text of a shared or inline string, without its phonetic guide."""
    pieces = []
    for child in parent.iterchildren(_T, _R):
        text = child if child.tag == _T else child.find(_T)
        pieces.append(text.text or "" if text is not None else "")
    return decode("".join(pieces))


def value_of(kind: str, text: str, strings: Sequence[str], *, date_1904: bool) -> Value:
    """Read the text of a cell's `v` element by the cell's type.

    Raises:
        CellError: if the two do not fit.
    """
    match kind:
        case "n":
            return number(text) if text.strip() else None
        case "s":
            return _shared_string(text, strings)
        case "str" | "inlineStr":
            return decode(text)
        case "b":
            return _boolean(text)
        case "e":
            return ErrorValue(text.strip())
        case "d":
            return serial(text.strip(), date_1904=date_1904) if text.strip() else None
        case _:
            raise CellError(f"its type {kind!r} is unknown")


def _shared_string(text: str, strings: Sequence[str]) -> str | None:
    if not text.strip():
        return None
    if not _INDEX.match(text) or int(text) >= len(strings):
        raise CellError(f"it asks for text number {text.strip()}, which the workbook does not have")
    return strings[int(text)]


def _boolean(text: str) -> bool | None:
    match text.strip():
        case "1" | "true":
            return True
        case "0" | "false":
            return False
        case "":
            return None
        case other:
            raise CellError(f"{other!r} is neither true nor false")


def serial(text: str, *, date_1904: bool) -> Decimal:
    """Turn an ISO date, time, or both into Excel's day number.

    Raises:
        CellError: if the text is no date.
    """
    try:
        if "T" not in text and ":" in text:
            return _exact(_fraction_of_day(time.fromisoformat(text)))
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CellError(f"{text!r} is not a date") from error
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return _exact(_day_number(moment.date(), date_1904=date_1904) + _fraction_of_day(moment.time()))


def _day_number(day: date, *, date_1904: bool) -> Decimal:
    if date_1904:
        return Decimal((day - _DAY_NOUGHT_1904).days)
    days = (day - _DAY_NOUGHT_1900).days
    # Excel believes in 29 February 1900, so days before it count one less.
    return Decimal(days if day >= _FIRST_DAY_AFTER_FALSE_LEAP_DAY else days - 1)


def _fraction_of_day(clock: time) -> Decimal:
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
    return Decimal(seconds * 1_000_000 + clock.microsecond) / _MICROSECONDS_IN_A_DAY


def _exact(days: Decimal) -> Decimal:
    """Give the number as Excel would store it, a binary number's shortest text."""
    return number(repr(float(days)))
