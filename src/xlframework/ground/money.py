"""Money as whole pence: read from text and from Excel numbers, and printed.

An amount is an `int` of pence. A float never becomes an amount without going
through its decimal text first.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

PENCE_IN_A_POUND = 100

# Excel keeps and shows fifteen significant digits: 0.1 + 0.2 is 0.3 to everybody
# who looks at the cell, whatever its binary tail says.
EXCEL_DIGITS = 15

# More than any police force's budget by far; a larger number is a slip of the hand.
LARGEST = 10**15 - 1

_AMOUNT = re.compile(
    r"""
    (?P<open>\()?                         # accountants' negative: (500)
    (?P<sign>[-+\N{MINUS SIGN}])?
    \N{POUND SIGN}?
    (?P<sign_after>[-+\N{MINUS SIGN}])?   # £-500
    (?P<pounds>[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)  # 0,500 may be half a pound
    (?:\.(?P<pence>[0-9]*))?
    (?P<close>\))?
    \Z
    """,
    re.VERBOSE,
)

# What people type where there is no amount. A dash is how a printed table shows
# an empty cell; it is not a nought.
BLANK_WORDS = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}"})


class MoneyError(ValueError):
    """A text that is not an amount in pounds; its message says why."""


def parse_pounds(text: str) -> int | None:
    """Read an amount in pounds as a person types or prints it.

    `1339454.38`, `1,339,454.38`, `£1114`, `(500)` and `-500` are amounts; blank
    and a lone dash are no amount. Spaces around the amount, and between the
    sign, the pound sign and the digits, are passed over.

    Args:
        text: the amount in pounds.

    Returns:
        The amount in pence, or None for blank.

    Raises:
        MoneyError: for anything else: `n/a`, `TBC`, `1.2k`, `1,20`, `1.234`.
    """
    stripped = re.sub(r"[\s\N{NO-BREAK SPACE}]+", " ", text).strip()
    if stripped in BLANK_WORDS:
        return None
    match = _AMOUNT.match(re.sub(r"(?<![0-9.,]) | (?=\))", "", stripped))
    if match is None:
        raise MoneyError(f"{text!r} is not an amount in pounds")
    if bool(match["open"]) != bool(match["close"]):
        raise MoneyError(f"{text!r} has one bracket without the other")
    signs = [sign for sign in (match["sign"], match["sign_after"]) if sign]
    if len(signs) + bool(match["open"]) > 1:
        raise MoneyError(f"{text!r} has more than one sign")
    number = Decimal(match["pounds"].replace(",", "") + "." + (match["pence"] or "0"))
    negative = bool(match["open"]) or (bool(signs) and signs[0] != "+")
    pence = pence_of(number)
    return -pence if negative else pence


def pence_of(pounds: Decimal) -> int:
    """Turn an exact number of pounds into pence.

    Raises:
        MoneyError: if it has a fraction of a penny, or is larger than any budget.
    """
    if not pounds.is_finite() or abs(pounds) > LARGEST:
        raise MoneyError(f"{pounds} is too large to be an amount")
    # In integers: decimal arithmetic would round to the 28 digits of its context.
    numerator, denominator = pounds.as_integer_ratio()
    pence, rest = divmod(numerator * PENCE_IN_A_POUND, denominator)
    if rest:
        raise MoneyError(f"{pounds} has a fraction of a penny")
    return pence


def excel_decimal(number: float) -> Decimal:
    """Give the number that Excel shows for a stored binary number (15 significant digits).

    Raises:
        MoneyError: if the number is infinite or not a number.
    """
    decimal = Decimal(f"{number:.{EXCEL_DIGITS}g}")
    if not decimal.is_finite():
        raise MoneyError(f"{number} is not a number")
    return decimal


def pounds_text(pence: int) -> str:
    """Write pence as pounds with two decimals and nothing else: `639675.00`."""
    sign = "-" if pence < 0 else ""
    pounds, rest = divmod(abs(pence), PENCE_IN_A_POUND)
    return f"{sign}{pounds}.{rest:02d}"


def pounds_decimal(pence: int) -> Decimal:
    """Give pence as an exact number of pounds, with no more decimals than it needs."""
    if pence % PENCE_IN_A_POUND == 0:
        return Decimal(pence // PENCE_IN_A_POUND)
    return Decimal(pence).scaleb(-2).normalize()


def is_whole_pounds(pence: int) -> bool:
    """Tell whether an amount has no pence beside its pounds."""
    return pence % PENCE_IN_A_POUND == 0


def round_pounds(pence: int, decimals: int) -> Decimal:
    """Round an amount to the decimals of a printed table, half a unit away from nought.

    Args:
        pence: the amount in pence.
        decimals: 0 for whole pounds, 2 for pence; -3 for thousands.

    Returns:
        The amount in pounds with that many decimals.
    """
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(pence).scaleb(-2).quantize(step, rounding=ROUND_HALF_UP)
    # Adding nought turns the -0 of a small negative amount into 0.
    return (rounded if decimals >= 0 else rounded.quantize(Decimal(1))) + 0


def spoken_pounds(pence: int) -> str:
    """Write an amount for a sentence: `£1,114`, `-£500.50`."""
    sign = "-" if pence < 0 else ""
    pounds, rest = divmod(abs(pence), PENCE_IN_A_POUND)
    tail = f".{rest:02d}" if rest else ""
    return f"{sign}£{pounds:,}{tail}"
