"""What a stored cell means: an amount, a word, a number, a date."""

import re
from datetime import date, timedelta
from decimal import Decimal

from xlframework.ground.money import (
    LARGEST,
    MoneyError,
    excel_decimal,
    parse_pounds,
    pence_of,
)
from xlframework.ground.place import quoted_sheet
from xlframework.model.budget import Amount, Unread, Word
from xlframework.sheets.package.records import Book, Cell, ErrorValue, Value

# A formula adds up in binary, so its stored result may miss the penny by a hair. No
# real fraction of a penny is this small.
_BINARY_NOISE = Decimal("0.000001")
_PENNY = Decimal("0.01")

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)


def number_text(number: Decimal) -> str:
    """Write a number as a person types it: no exponent, no needless noughts."""
    if abs(number) > LARGEST * LARGEST:
        return f"{number:.6E}"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Value) -> str:
    """Write a value as a message shows it; blank is the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, ErrorValue):
        return value.code
    return value


def to_date(serial: Decimal, *, date_1904: bool) -> date:
    """Give the day of an Excel serial number, its time of day cut off.

    Raises:
        OverflowError: if no calendar reaches that day.
    """
    return (_EPOCH_1904 if date_1904 else _EPOCH_1900) + timedelta(days=int(serial))


def from_date(day: date, *, date_1904: bool) -> Decimal:
    """Give the Excel serial number of a day (from March 1900 on, where all agree)."""
    return Decimal((day - (_EPOCH_1904 if date_1904 else _EPOCH_1900)).days)


def is_date(book: Book, cell: Cell) -> bool:
    """Tell whether a cell holds a number that is formatted, or stored, as a date."""
    is_marked = cell.is_iso_date or cell.style in book.date_styles
    return isinstance(cell.value, Decimal) and is_marked


def read_amount(book: Book, cell: Cell) -> Amount:
    """Read an amount in pounds as whole pence, or say why it is none.

    Args:
        book: tells which styles show dates.
        cell: a cell of an amount column.

    Returns:
        Pence; None for blank, and for a text that means blank, such as a lone
        dash; otherwise `Unread` with the reason.
    """
    value = cell.value
    if value is None:
        return None if cell.formula is None else Unread("not calculated", f"={cell.formula}")
    if isinstance(value, bool):
        return Unread("logical", shown(value))
    if isinstance(value, ErrorValue):
        return Unread("error", value.code)
    if isinstance(value, str):
        return _text_amount(value)
    if is_date(book, cell):
        return Unread("date", str(read_word(book, cell)))
    return _number_amount(_settled(value) if cell.formula is not None else value)


def _text_amount(text: str) -> Amount:
    try:
        return None if parse_pounds(text) is None else Unread("text", text)
    except MoneyError:
        return Unread("text", text)


def _settled(number: Decimal) -> Decimal:
    """Put a formula's result on the penny that it misses only by binary noise."""
    if abs(number) > LARGEST:
        return number
    penny = number.quantize(_PENNY)
    return penny if abs(number - penny) < _BINARY_NOISE else number


def _number_amount(number: Decimal) -> Amount:
    if abs(number) > LARGEST:
        return Unread("large", number_text(number))
    try:
        return pence_of(excel_decimal(float(number)))
    except MoneyError:
        return Unread("fraction", number_text(number))


def read_word(book: Book, cell: Cell) -> Word:
    """Read a cell of a text or date column: text as it stands, a date as a date."""
    if is_date(book, cell) and isinstance(cell.value, Decimal):
        try:
            return to_date(cell.value, date_1904=book.date_1904)
        except OverflowError:
            return number_text(cell.value)
    return shown(cell.value)


def read_order(cell: Cell) -> Decimal | None:
    """Read an order; None for blank or for what is no number."""
    value = cell.value
    return value if isinstance(value, Decimal) else None


def is_entered(cell: Cell, lines_sheet: str) -> bool:
    """Tell whether somebody entered an amount in place of a subtotal.

    A constant is entered, and so is a formula that has nothing to do with the lines,
    such as =1000*105% or =Pot/2. A subtotal of ours refers to the table Lines; a
    program that does not know tables refers to its sheet instead.

    Args:
        cell: a cell of an amount column of `Sections`.
        lines_sheet: the name of the sheet that holds the table Lines.
    """
    if cell.formula is None:
        return cell.value is not None
    formula, sheet = cell.formula.casefold(), lines_sheet.casefold()
    marks = (re.escape("lines["), re.escape(f"{sheet}!"), re.escape(f"{quoted_sheet(sheet)}!"))
    return re.search(rf"(?<!\w)(?:{'|'.join(marks)})", formula) is None
