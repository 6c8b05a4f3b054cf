"""Puts one comparison of pyOpenVBA's right, on which xlwings' VBA rests: text with a Boolean.

`"False" = True` compares two Booleans (MS-VBAL 5.6.9.5: where one operand is a Boolean and the
other a String, both become Booleans). pyOpenVBA 6.5.0 raises a type mismatch, because it reads
the text as a number. xlwings compares so wherever a setting is not set.
"""

from pyopenvba.interpreter import _values


def install() -> None:
    """Let text that names a Boolean be compared with one."""
    original = _values._order
    if getattr(original, "reads_booleans", False):
        return

    def order(left: object, right: object, *, text_compare: bool) -> int:
        return original(_read(left, right), _read(right, left), text_compare=text_compare)

    order.reads_booleans = True  # type: ignore[attr-defined]
    _values._order = order


def _read(value: object, other: object) -> object:
    names_one = isinstance(value, str) and value.casefold() in {"true", "false"}
    return _values.to_bool(value) if names_one and isinstance(other, bool) else value
