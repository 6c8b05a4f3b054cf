"""Values on their way to and from Excel: what COM gives for a cell, and what is given for it."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

from xlframework.sheets.package.cell_values import number
from xlframework.sheets.package.records import ErrorValue, Value

# How Excel hands an error over: this number and the error's own.
_FIRST_ERROR = -2146828288
_ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
_LAST_ERROR = _FIRST_ERROR + 4095

_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a sheet has no time zone
_DAY = timedelta(days=1)

# Text that Excel takes as typed may become a number, a date, a formula or an error. It stays
# text where it begins with a letter, unless that begins a month, and where a word stands in it
# that belongs to none of them.
_WORD = re.compile(r"[^\W\d_]{3,}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LOGICAL = frozenset({"TRUE", "FALSE"})
_STARTERS = "=+-@#'"


def value_of(raw: object) -> Value:
    """Read what Excel gives for one cell (its `Value2`).

    Args:
        raw: a double, a text, a truth value, an error as its number, None for blank. A
            currency or a date, which `Value` gives in place of a double, is read too.

    Returns:
        The value; a number by its shortest decimal text, a date by its serial number.
    """
    if raw is None or isinstance(raw, str | bool):
        return raw
    if isinstance(raw, float):
        return number(repr(float(raw)))
    if isinstance(raw, int):
        is_error = _FIRST_ERROR <= raw <= _LAST_ERROR
        return error_of(raw) if is_error else Decimal(raw)
    if isinstance(raw, Decimal):
        return raw
    if isinstance(raw, datetime):
        days = (raw.replace(tzinfo=None) - _EPOCH_1900) / _DAY
        return Decimal(repr(days)).normalize()
    return str(raw)


def error_of(number: int) -> ErrorValue:
    """Name an error that Excel hands over as a number."""
    return ErrorValue(_ERRORS.get(number - _FIRST_ERROR, "#VALUE!"))


def given(value: Value, *, as_text: bool = False) -> str | float | bool:
    """Give Excel a constant so that it keeps just that.

    Args:
        value: what the cell is to hold.
        as_text: that the cell is formatted as text, and so keeps every text as it is.

    Returns:
        A double, a truth value or a text; the empty text empties a cell. A text that
        Excel would take for something else begins with the apostrophe that Excel hides.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return float(value)
    text = value.code if isinstance(value, ErrorValue) else value
    return text if as_text or isinstance(value, ErrorValue) or _is_kept(text) else f"'{text}"


def _is_kept(text: str) -> bool:
    """Tell whether Excel keeps a text that it takes as typed."""
    bare = text.strip()
    if not bare:
        return True
    if bare[0] in _STARTERS or bare.upper() in _LOGICAL:
        return False
    if not any(letter.isdigit() for letter in bare):
        return True
    if bare[0].isalpha():
        return not bare.casefold().startswith(_MONTHS)
    words = (word.casefold() for word in _WORD.findall(bare))
    return any(not word.startswith(_MONTHS) for word in words)
