"""Takes a line of `Computed by` apart into words, columns, texts, numbers and signs."""

import re
from textwrap import shorten
from typing import Literal, NamedTuple

from xlframework.rules.reconcile.tree import ClaimError

TokenKind = Literal["word", "column", "text", "number", "sign", "end"]


class Token(NamedTuple):
    """One piece of the line.

    Attributes:
        kind: what it is.
        text: what it says, without brackets or quotation marks.
        at: its first character, from 1.
        end: the character after its last, from 1.
    """

    kind: TokenKind
    text: str
    at: int
    end: int


# Longer than any claim; a file may come from anywhere.
LONGEST = 2000

_LONGEST_SHOWN = 60

# Excel keeps no more digits of a number.
_MOST_DIGITS = 15

# Excel and Word turn quotation marks and minus signs into typographic ones while one types.
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<word>[^\W\d]\w*)
    | \[(?P<column>[^\[\]]*)\]
    | "(?P<straight>(?:[^"]|"")*)"
    | [\u201c\u201e](?P<curly>[^\u201c\u201d\u201e]*)[\u201c\u201d]
    | (?P<sign><=|>=|<>|[-+*/(),=<>\u2212\u2013])
    """,
    re.VERBOSE,
)
_MINUS = frozenset("\u2212\u2013")

# What people write that the language does not have, and what to write instead.
_HINTS = {
    "[": "the square bracket is never closed; write a column as [2024/25 Budget]",
    "]": "there is a closing square bracket without an opening one",
    '"': "the quotation mark is never closed",
    "\u201c": "the quotation mark is never closed",
    "'": 'texts stand in double quotes, such as "Victims"',
    "\u2018": 'texts stand in double quotes, such as "Victims"',
    "\u2019": 'texts stand in double quotes, such as "Victims"',
    "\N{POUND SIGN}": "amounts are plain numbers of pounds, without a pound sign",
    "%": "write percent(part, whole) for a percentage",
    ";": "conditions are separated by commas",
    "\N{MULTIPLICATION SIGN}": "write * to multiply",
    "\N{DIVISION SIGN}": "write / to divide",
    "&": "& has no meaning here; conditions are separated by commas",
    "{": "write round brackets",
    "}": "write round brackets",
}


def tokens(line: str) -> tuple[Token, ...]:
    """Take a line apart; the last token says that it ends.

    One equals sign at its start, as before an Excel formula, is passed over.

    Raises:
        ClaimError: for a sign that the language does not have, or a line that is longer
            than any claim.
    """
    if len(line) > LONGEST:
        raise ClaimError(
            LONGEST, f"the line has {len(line)} characters; a claim has at most {LONGEST}"
        )
    found: list[Token] = []
    position = len(line) - len(line.lstrip())
    if line.startswith("=", position):
        position += 1
    while position < len(line):
        match = _TOKEN.match(line, position)
        if match is None:
            sign = line[position]
            raise ClaimError(position + 1, _HINTS.get(sign, f"{sign!r} has no meaning here"))
        if match.lastgroup != "space":
            found.append(_token(match))
        position = match.end()
    return (*found, Token("end", "", len(line) + 1, len(line) + 1))


def _token(match: re.Match[str]) -> Token:
    group = match.lastgroup
    text = match[group] if group else ""
    at, end = match.start() + 1, match.end() + 1
    if group == "straight":
        return Token("text", text.replace('""', '"'), at, end)
    if group == "curly":
        return Token("text", text, at, end)
    if group == "column":
        return Token("column", " ".join(text.split()), at, end)
    if group == "number":
        if len(text) > _MOST_DIGITS:
            raise ClaimError(at, f"a number has at most {_MOST_DIGITS} digits")
        return Token("number", text, at, end)
    if group == "word":
        return Token("word", text.casefold(), at, end)
    return Token("sign", "-" if text in _MINUS else text, at, end)


def shown(token: Token) -> str:
    """Write a token as a message quotes it."""
    if token.kind == "end":
        return "the end of the line"
    if token.kind == "column":
        return f"[{token.text}]"
    if token.kind == "text":
        return f'"{shorten(token.text, _LONGEST_SHOWN, placeholder="...")}"'
    return token.text if token.kind in {"word", "number"} else repr(token.text)
