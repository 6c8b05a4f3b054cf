"""Excel's own escapes in texts: `_x000D_` stands for a character that XML cannot carry."""

import re

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# A tab and a line feed stand as they are; a carriage return would come back as a line feed.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile("[\x00-\x1f\ufffe\uffff]")


def decode(text: str) -> str:
    """Read a stored text as Excel shows it."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    # Half a character is no text that can be written anywhere, so its escape stays.
    return match[0] if _SURROGATE.match(character) else character


def encode(text: str) -> str:
    """Write a cell's text so that Excel reads it back the same."""
    plain = _SURROGATE.sub("\ufffd", _LOOKS_ESCAPED.sub("_x005F_", text))
    return _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", plain)


def without_controls(text: str) -> str:
    """Write a text where Excel reads no escapes: what XML cannot carry becomes a space."""
    return _SURROGATE.sub(" ", _CONTROL.sub(" ", text))


def encode_header(text: str) -> str:
    """Write a table's header as an attribute, where line breaks too need an escape."""
    plain = _SURROGATE.sub("\ufffd", _LOOKS_ESCAPED.sub("_x005F_", text))
    return _LINE_BREAK.sub(lambda match: f"_x{ord(match[0]):04x}_", plain)
