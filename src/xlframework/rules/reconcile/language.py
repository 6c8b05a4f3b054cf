"""The language of `Computed by`: one line, like an Excel formula, read into a tree.

docs/figures.md describes it for the people who write it. Nothing here is ever executed:
a line that is not in the language is a `ClaimError`, whatever it holds.
"""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from fractions import Fraction

from xlframework.rules.reconcile.conditions import conditions
from xlframework.rules.reconcile.reader import DEEPEST, Reader, unexpected
from xlframework.rules.reconcile.tree import (
    Cannot,
    Claim,
    ClaimError,
    Count,
    Expression,
    Fact,
    InEdition,
    Known,
    Negative,
    Number,
    Pair,
    Part,
    Percent,
    Sign,
    Stated,
    Total,
)
from xlframework.rules.reconcile.words import Token, shown

# What people who know Excel write first.
_OTHER_NAMES: Mapping[str, str] = {
    "sum": "total",
    "sumif": "total",
    "sumifs": "total",
    "subtotal": "total",
    "count": "lines",
    "counta": "lines",
    "countif": "lines",
    "countifs": "lines",
    "all": "each",
    "award": "awards",
    "area": "areas",
    "line": "lines",
    "percentage": "percent",
    "figure": "stated",
}


def read_claim(line: str) -> Claim:
    """Read a line of `Computed by`.

    Args:
        line: as it stands in the cell, not blank.

    Returns:
        What it says.

    Raises:
        ClaimError: if it is not in the language; the error says where and what to write.
    """
    reader = Reader(line)
    first = reader.peek()
    if first.kind == "word" and first.text == "each":
        claim = _each(reader)
    else:
        claim = Claim((_part(reader),))
    rest = reader.peek()
    if rest.kind != "end":
        raise ClaimError(rest.at, unexpected(rest))
    return claim


def _each(reader: Reader) -> Claim:
    reader.take()
    reader.need_sign("(", "after each")
    parts = [_part(reader)]
    while reader.takes(","):
        parts.append(_part(reader))
    reader.need_sign(")", "after the last figure of each")
    return Claim(tuple(parts))


def _part(reader: Reader) -> Part:
    start = reader.peek().at
    expression = _sum(reader)
    end = reader.tokens[reader.next - 1].end
    return Part(expression, " ".join(reader.line[start - 1 : end - 1].split()))


def _sum(reader: Reader) -> Expression:
    return _chain(reader, _product, ("+", "-"))


def _product(reader: Reader) -> Expression:
    return _chain(reader, _factor, ("*", "/"))


def _chain(
    reader: Reader, inner: Callable[[Reader], Expression], signs: tuple[Sign, Sign]
) -> Expression:
    found = inner(reader)
    while True:
        token = reader.peek()
        sign = next((each for each in signs if token.kind == "sign" and token.text == each), None)
        if sign is None:
            return found
        reader.take()
        found = Pair(sign, found, inner(reader), token.at)


def _factor(reader: Reader) -> Expression:
    token = reader.peek()
    reader.count_part(token)
    reader.depth += 1
    if reader.depth > DEEPEST:
        raise ClaimError(token.at, f"brackets lie more than {DEEPEST} deep here")
    try:
        return _operand(reader, token)
    finally:
        reader.depth -= 1


def _operand(reader: Reader, token: Token) -> Expression:
    if reader.takes("-"):
        return Negative(_factor(reader), token.at)
    if reader.takes("("):
        inner = _sum(reader)
        reader.need_sign(")", "to close the bracket")
        return inner
    if token.kind == "number":
        reader.take()
        return Number(Fraction(token.text), token.text, token.at)
    if token.kind == "word":
        return _call(reader)
    if token.kind == "column":
        raise ClaimError(
            token.at, f"write total([{token.text}]) for what the lines come to in a column"
        )
    if token.kind == "text":
        raise ClaimError(
            token.at,
            "a text stands only in a condition, and in stated, edition and cannot; "
            'write [Section] = "..." for instance',
        )
    raise ClaimError(token.at, f"here stands {shown(token)}, but a figure is needed")


def _call(reader: Reader) -> Expression:
    name = reader.take()
    read = _FUNCTIONS.get(name.text)
    if read is None:
        raise ClaimError(name.at, _unknown_function(name.text))
    reader.need_sign("(", f"after {name.text}")
    expression = read(reader, name)
    closing = reader.peek()
    if not reader.takes(")"):
        raise ClaimError(closing.at, _not_closed(name, closing))
    return expression


def _unknown_function(name: str) -> str:
    if name == "each":
        return unexpected(Token("word", name, 1, 1))
    known = _OTHER_NAMES.get(name)
    if known is None:
        near = get_close_matches(name, _FUNCTIONS, 1)
        known = near[0] if near else None
    hint = f"did you mean {known}?" if known else f"the functions are {', '.join(_FUNCTIONS)}, each"
    return f"there is no function {name}; {hint}"


def _not_closed(name: Token, token: Token) -> str:
    if token.kind == "sign" and token.text == ",":
        return f"{name.text} takes no more than stands before this comma: {_USES[name.text]}"
    if token.kind == "end":
        return f"the bracket after {name.text} is never closed"
    return f"here stands {shown(token)}, but a closing bracket is needed: {_USES[name.text]}"


def _total(reader: Reader, name: Token) -> Expression:
    column = reader.need("column", "the amount column in square brackets, [2024/25 Budget] say,")
    listed = conditions(reader) if reader.takes(",") else ()
    return Total(column.text, listed, name.at)


def _lines(reader: Reader, name: Token) -> Expression:
    closes = reader.peek().kind == "sign" and reader.peek().text == ")"
    return Count(() if closes else conditions(reader), name.at)


def _fact(name: Known) -> Callable[[Reader, Token], Expression]:
    return lambda _, token: Fact(name, token.at)


def _stated(reader: Reader, name: Token) -> Expression:
    ref = reader.need("text", 'the Ref of a figure, stated("3.4") say,')
    claim = reader.need("text", "the beginning of its Claim") if reader.takes(",") else None
    return Stated(ref.text.strip(), claim.text.strip() if claim else "", name.at)


def _edition(reader: Reader, name: Token) -> Expression:
    edition = reader.need("text", 'the name of an edition, edition("2018-21", ...) say,')
    reader.need_sign(",", "after the name of the edition")
    inside = reader.next
    inner = _sum(reader)
    for token in reader.tokens[inside : reader.next]:
        if token.kind == "word" and token.text == "edition":
            raise ClaimError(token.at, "edition(...) cannot stand inside edition(...)")
    return InEdition(edition.text.strip(), inner, name.at)


def _percent(reader: Reader, name: Token) -> Expression:
    part = _sum(reader)
    reader.need_sign(",", "between the part and the whole of percent")
    return Percent(part, _sum(reader), name.at)


def _cannot(reader: Reader, name: Token) -> Expression:
    reason = reader.need("text", "the reason")
    if not reason.text.strip():
        raise ClaimError(reason.at, "say in the quotation marks why it cannot be checked")
    return Cannot(" ".join(reason.text.split()), name.at)


_FUNCTIONS: Mapping[str, Callable[[Reader, Token], Expression]] = {
    "total": _total,
    "lines": _lines,
    "areas": _fact("areas"),
    "pot": _fact("pot"),
    "awards": _fact("awards"),
    "stated": _stated,
    "edition": _edition,
    "percent": _percent,
    "cannot": _cannot,
}

_USES: Mapping[str, str] = {
    "total": "total([column], condition, condition)",
    "lines": "lines(condition, condition)",
    "areas": "areas()",
    "pot": "pot()",
    "awards": "awards()",
    "stated": 'stated("3.4", "beginning of the claim")',
    "edition": 'edition("2018-21", figure)',
    "percent": "percent(part, whole)",
    "cannot": 'cannot("reason")',
}
