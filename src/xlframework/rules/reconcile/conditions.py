"""Reads the conditions of a claim: which lines of the budget it means."""

from fractions import Fraction

from xlframework.rules.reconcile.reader import Reader
from xlframework.rules.reconcile.tree import ClaimError, Condition
from xlframework.rules.reconcile.words import shown


def conditions(reader: Reader) -> tuple[Condition, ...]:
    """Read conditions, with commas between them.

    Raises:
        ClaimError: where there is none.
    """
    found = [_condition(reader)]
    while reader.takes(","):
        found.append(_condition(reader))
    return tuple(found)


def _condition(reader: Reader) -> Condition:
    column = reader.need("column", 'a condition such as [Section] = "Victims"')
    reader.count_part(column)
    token = reader.take()
    if token.kind == "word" and token.text in {"filled", "blank"}:
        return Condition(
            column.text, "filled" if token.text == "filled" else "blank", (), column.at
        )
    if token.kind == "word" and token.text == "begins":
        return Condition(column.text, "begins", (_word(reader),), column.at)
    if token.kind == "sign" and token.text == ">":
        _nought(reader)
        return Condition(column.text, "above zero", (), column.at)
    if token.kind == "sign" and token.text == "=":
        if reader.peek().kind == "number":
            _nought(reader)
            return Condition(column.text, "zero", (), column.at)
        return Condition(column.text, "is", _choices(reader), column.at)
    raise ClaimError(token.at, f"here stands {shown(token)}, but {_COMPARISONS}")


_COMPARISONS = (
    'a condition goes on with = "text", begins "text", filled or blank; or, for an amount, '
    "with > 0 or = 0"
)


def _choices(reader: Reader) -> tuple[str, ...]:
    words = [_word(reader)]
    while reader.takes("or"):
        reader.count_part(reader.peek())
        words.append(_word(reader))
    return tuple(words)


def _word(reader: Reader) -> str:
    token = reader.need("text", 'a text in double quotes, "Victims" say,')
    if not token.text.strip():
        raise ClaimError(token.at, "there is no text; write [Column] blank for cells without any")
    return token.text.strip()


def _nought(reader: Reader) -> None:
    token = reader.need("number", "0")
    if Fraction(token.text) != 0:
        raise ClaimError(token.at, "an amount is compared with 0 only, as > 0 or = 0")
