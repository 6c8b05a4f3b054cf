"""Financial years (April to March) and the headers of amount columns."""

import re
from dataclasses import dataclass
from datetime import date

BASES: tuple[str, ...] = ("Budget", "Revised budget", "Forecast", "Actual")

_YEAR = re.compile(r"(?P<first>(?:19|20)[0-9]{2})\s*[/-]\s*(?P<second>[0-9]{2})\Z")
_HEADER = re.compile(r"(?P<year>\S+(?:\s*[/-]\s*[0-9]+)?)\s+(?P<basis>\S.*)\Z", re.DOTALL)
_APRIL = 4


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """The year from 1 April of `start` to 31 March of the next."""

    start: int

    @classmethod
    def parse(cls, text: str) -> "FinancialYear":
        """Read `2024/25` or `2024-25`.

        Raises:
            ValueError: if the text is not two years that follow each other.
        """
        match = _YEAR.match(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a financial year such as 2024/25")
        start = int(match["first"])
        if (start + 1) % 100 != int(match["second"]):
            raise ValueError(f"{text!r}: the second year must be the one after the first")
        return cls(start)

    def __str__(self) -> str:
        """Write the year as `2024/25`."""
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @classmethod
    def of(cls, day: date) -> "FinancialYear":
        """Give the financial year that a day falls in."""
        return cls(day.year if day.month >= _APRIL else day.year - 1)


@dataclass(frozen=True, slots=True, order=True)
class AmountColumn:
    """A column of amounts: a financial year and what the figures are (budget, actual)."""

    year: FinancialYear
    basis: str

    @classmethod
    def parse(cls, header: str) -> "AmountColumn":
        """Read a header such as `2024/25 Budget`; the basis is blind to case.

        Raises:
            ValueError: if the header is not a year and one of the known bases.
        """
        match = _HEADER.match(header.strip())
        if match is None:
            raise ValueError(f"{header!r} is not a header such as 2024/25 Budget")
        year = FinancialYear.parse(match["year"])
        basis = " ".join(match["basis"].split()).capitalize()
        if basis not in BASES:
            raise ValueError(f"{header!r}: {match['basis']!r} is none of {', '.join(BASES)}")
        return cls(year, basis)

    def __str__(self) -> str:
        """Write the header as `2024/25 Budget`."""
        return f"{self.year} {self.basis}"
