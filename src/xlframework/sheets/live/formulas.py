"""Spells a formula as a file stores it, from the way in which Excel shows it to a program.

Excel shows a reference to a table's own row as `[@Col]` and leaves the name of the table
out in a formula inside it; a file stores `Table[[#This Row],[Col]]`. Commands know the
spelling of a file alone.
"""

import re
from collections.abc import Iterator

_PIECE = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<sheet>'(?:[^']|'')*'!?)|(?P<name>!?[\w.\\$]+)|.""", re.DOTALL
)
_ESCAPE = "'"


def stored(formula: str, own: str | None, tables: frozenset[str]) -> str:
    """Spell a formula as a file stores it.

    Args:
        formula: as `Range.Formula` gives it, without the equals sign.
        own: the table that the formula's cell belongs to; None outside every table.
        tables: the names of all tables, folded.
    """
    if "[" not in formula and not any(name in formula.casefold() for name in tables):
        return formula
    return "".join(_spelled(formula, own, tables))


def _spelled(formula: str, own: str | None, tables: frozenset[str]) -> Iterator[str]:
    at = 0
    while match := _PIECE.match(formula, at):
        at = match.end()
        piece, following = match[0], formula[at : at + 1]
        if piece == "[" or (match["name"] is not None and following == "["):
            name = "" if piece == "[" else piece
            opened = match.start() + len(name)
            at = _closed(formula, opened)
            yield _reference(name, formula[opened:at], formula[at : at + 1], own, tables)
        elif match["name"] is not None and following not in {"(", "!"}:
            yield f"{piece}[]" if piece.casefold() in tables else piece
        else:
            yield piece


def _closed(formula: str, opened: int) -> int:
    """Find where a bracket that opens at a place has closed; the end where it never does."""
    depth, at = 0, opened
    while at < len(formula):
        letter = formula[at]
        if letter == _ESCAPE:
            at += 1
        elif letter == "[":
            depth += 1
        elif letter == "]":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    return len(formula)


def _reference(
    name: str, brackets: str, following: str, own: str | None, tables: frozenset[str]
) -> str:
    """Spell a reference in brackets; one to another workbook stays as it is."""
    table = name or own
    is_link = not name and (following.isalnum() or following in {"_", "'"})
    if table is None or is_link or table.casefold() not in tables:
        return name + brackets
    inside = brackets[1:-1].replace("'@", "@")
    if brackets.startswith("[@"):
        inside = brackets[2:-1].replace("'@", "@")
        column = inside if inside.startswith("[") else f"[{inside}]"
        inside = f"[#This Row],{column}" if inside else "#This Row"
    return f"{table}[{inside}]"
