"""Tells when two names are the same, and when they are nearly the same."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from xlframework.rules.checks.nearness import is_slip

# Signs that differ between keyboards and programs, never in meaning.
_SIGNS = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
    }
)
_INSIDE_A_WORD = re.compile(r"(?<=\w)[-'.](?=\w)")
_BETWEEN_WORDS = re.compile(r"[^\w]+")

# How much of both names the words that they share must make up.
_MOST = 0.65


@cache
def folded(name: str) -> str:
    """Fold a name: blind to case, to spaces, and to the look of dashes and quotation marks."""
    return " ".join(name.translate(_SIGNS).split()).casefold()


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts say the same, a lone dash more or less."""
    return _spoken(one) == _spoken(other)


def _spoken(text: str) -> list[str]:
    return [word for word in folded(text).split() if any(map(str.isalnum, word))]


@cache
def words_of(name: str) -> tuple[str, ...]:
    """Take a name apart into its words, without punctuation, each once."""
    joined = _INSIDE_A_WORD.sub("", folded(name))
    return tuple(dict.fromkeys(_BETWEEN_WORDS.sub(" ", joined).split()))


def likeness(one: str, other: str) -> float:
    """Say how much two names are alike.

    Words are compared, in whatever order: a plural or a slip of the pen is the same
    word still. Where each name has a word that the other has not (City, County), or
    other numbers, they are two names.

    Returns:
        1 for the same words, less where one name has more of them, 0 for two names.
    """
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return 0.0
    if "".join(first) == "".join(second):
        return 1.0
    alone_first, alone_second = _left_over(first, second)
    if alone_first and alone_second:
        return 0.0
    extra = [*alone_first, *alone_second]
    if any(word.isdecimal() for word in extra):
        return 0.0
    total = _letters(first) + _letters(second)
    share = 1 - _letters(extra) / total
    return share if share >= _MOST else 0.0


def _letters(words: Iterable[str]) -> int:
    return sum(map(len, words))


def _left_over(first: Sequence[str], second: Sequence[str]) -> tuple[list[str], list[str]]:
    """Strike out the words that two names share, those with a slip or a plural too."""
    alone_first = [word for word in first if word not in second]
    alone_second = [word for word in second if word not in first]
    slips = sorted(
        (sorted((mine, theirs)), mine, theirs)
        for mine in alone_first
        for theirs in alone_second
        if _is_slip(mine, theirs)
    )
    for _, mine, theirs in slips:
        if mine in alone_first and theirs in alone_second:
            alone_first.remove(mine)
            alone_second.remove(theirs)
    return alone_first, alone_second


# The same few words are met again and again among the names of a budget.
_is_slip = cache(is_slip)
