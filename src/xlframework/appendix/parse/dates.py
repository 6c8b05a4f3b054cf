"""Reads a date as people write it in a table: 31 March 2025, 31/03/25, 2025-03-31."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[T ]00:00.*)?\Z")
_BRITISH = re.compile(
    r"(?:[a-z]+day,? )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s/.-]+(?:of\s+)?"
    r"(?P<month>[0-9]{1,2}|[a-z]{3,9})\.?[\s/.,-]+(?P<year>[0-9]{4}|[0-9]{2})\Z",
    re.IGNORECASE,
)
_CENTURY = 2000
_SHORT = 100


def read_date(text: str) -> date | None:
    """Read a date, the day before the month; None if the text is not one."""
    match = _ISO.match(text.strip()) or _BRITISH.match(text.strip())
    if match is None:
        return None
    year, month = int(match["year"]), match["month"].casefold()
    if not month.isdecimal() and month[:3] not in _MONTHS:
        return None
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3]) + 1
    try:
        return date(year + _CENTURY if year < _SHORT else year, number, int(match["day"]))
    except ValueError:
        return None
