"""Tells whether two names are nearly the same: spelt in two ways, or a slip of the hand apart."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from xlframework.rules.checks.name_parts import Name

_DIGIT = re.compile(r"\d")

# Words shorter than this are other words if they differ in a single letter; two letters may
# be wrong only in a long word that begins alike (mentoring and monitoring do not).
_SHORTEST = 5
_LONG = 10

# Two names whose words are parted differently may differ in one letter besides.
_LONG_NAME = 8

# More slips than this are no slips.
_MOST_SLIPS = 2

# Names that agree less than this are not looked at; the shortest that may be a slip apart,
# of five letters, agree by 80.
_AT_LEAST = 70.0


def alike(one: Name, other: Name) -> bool:
    """Tell whether two names are nearly the same, but not equal.

    They are if they differ in nothing that makes a difference, or in words that are a slip of
    the hand apart, or if one is the short form that stands behind the other in brackets. Where
    the words that tell names apart differ, such as the places, they are only if the rest has a
    slip in it: Make Moves Charnwood, Makes Moves Loughborough.
    """
    if one.text == other.text or not one.full or not other.full:
        return False
    if is_short_for(one, other) or is_short_for(other, one):
        return True
    if not _lack_alike(one, other):
        return False
    if one.full == other.full:
        return True
    rest_one, rest_other = left_over(one.words, other.words), left_over(other.words, one.words)
    is_same = one.apart == other.apart
    if is_same and ((not rest_one and not rest_other) or _parted_otherwise(one, other)):
        return True
    return _slips(one, other, rest_one, rest_other) or _slip_beside_places(one, other)


def is_short_for(name: Name, other: Name) -> bool:
    """Tell whether a name is the short form that stands behind another in brackets."""
    return bool(other.short) and name.full == other.short


def _lack_alike(one: Name, other: Name) -> bool:
    """Tell whether only one of two names lacks words that it may lack, and is a name without."""
    if one.lackable == other.lackable:
        return True
    only_one = one.lackable < other.lackable or other.lackable < one.lackable
    return only_one and bool(one.core) and bool(other.core)


def left_over(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Give the words that the other name has not, each as often as it has not."""
    left = sorted(words)
    for word in others:
        if word in left:
            left.remove(word)
    return tuple(left)


def _slips(one: Name, other: Name, rest: tuple[str, ...], rest_other: tuple[str, ...]) -> bool:
    """Tell whether the words left over pair off, each pair a slip apart."""
    if len(rest) != len(rest_other) or not 1 <= len(rest) <= _MOST_SLIPS:
        return False
    return any(
        all(
            is_slip(word, wrong) and not _are_meant(word, one, wrong, other)
            for word, wrong in zip(rest, order, strict=True)
        )
        for order in permutations(rest_other)
    )


def _are_meant(word: str, one: Name, wrong: str, other: Name) -> bool:
    """Tell whether two words that are a slip apart are meant so.

    Two that tell names apart are, and two short forms with another letter (CHISVA, CHIDVA).
    """
    if word in one.apart and wrong in other.apart:
        return True
    in_capitals = word in one.capitals and wrong in other.capitals
    return in_capitals and len(word) == len(wrong) and sorted(word) != sorted(wrong)


def _slip_beside_places(one: Name, other: Name) -> bool:
    """Tell whether the words beside the places have a slip in them, and something in common."""
    words = tuple(word for word in one.words if word not in one.apart)
    others = tuple(word for word in other.words if word not in other.apart)
    rest, rest_other = left_over(words, others), left_over(others, words)
    return (
        len(one.apart) == len(other.apart)
        and len(rest) < len(words)
        and _slips(one, other, rest, rest_other)
    )


def _parted_otherwise(one: Name, other: Name) -> bool:
    """Tell whether two names differ in where their words are parted, and in a letter at most."""
    if one.core == other.core:
        return True
    is_long = min(len(one.core), len(other.core)) >= _LONG_NAME
    return (
        is_long
        and len(one.words) != len(other.words)
        and _distance()(one.core, other.core, score_cutoff=1) <= 1
    )


def is_slip(word: str, other: str) -> bool:
    """Tell whether two words, in small letters, are a slip of the hand apart.

    Letters that are missing, doubled, wrong or swapped are a slip, and so is a plural.
    """
    shorter, longer = sorted((word, other), key=len)
    if len(longer) < _SHORTEST or _DIGIT.search(word + other):
        return False
    if longer in {f"{shorter}s", f"{shorter}es"}:
        return True
    most = 2 if len(shorter) >= _LONG and word[0] == other[0] else 1
    return _distance()(word, other, score_cutoff=most) <= most


def likeness(one: Name, other: Name) -> float:
    """Give how far two names agree, letter by letter: 0 to 100."""
    return _ratio()(one.full, other.full)


def alike_among(names: Sequence[Name], others: Sequence[Name]) -> tuple[tuple[int, ...], ...]:
    """Find for each name the others that it is nearly the same as, as indexes in order."""
    laid_out = _lay_out(others)
    return tuple(
        tuple(i for i in _worth_a_look(name, laid_out) if alike(name, others[i])) for name in names
    )


def alike_earlier(names: Sequence[Name]) -> tuple[tuple[int, ...], ...]:
    """Find for each name the earlier ones that it is nearly the same as, as indexes in order."""
    laid_out = _lay_out(names)
    return tuple(
        tuple(i for i in _worth_a_look(name, laid_out) if i < number and alike(name, names[i]))
        for number, name in enumerate(names)
    )


@dataclass(frozen=True, slots=True)
class _LaidOut:
    """Names laid out so that what is nothing like a name is left out in one go."""

    fulls: Sequence[str]
    cores: Sequence[str]
    by_full: Mapping[str, Sequence[int]]
    by_short: Mapping[str, Sequence[int]]
    by_words: Mapping[Sequence[str], Sequence[int]]


def _lay_out(names: Sequence[Name]) -> _LaidOut:
    by_full: defaultdict[str, list[int]] = defaultdict(list)
    by_short: defaultdict[str, list[int]] = defaultdict(list)
    by_words: defaultdict[Sequence[str], list[int]] = defaultdict(list)
    for number, each in enumerate(names):
        by_full[each.full].append(number)
        by_short[each.short].append(number)
        by_words[_in_any_order(each)].append(number)
    by_short.pop("", None)
    fulls, cores = [each.full for each in names], [each.core for each in names]
    return _LaidOut(fulls, cores, by_full, by_short, by_words)


def _in_any_order(name: Name) -> Sequence[str]:
    return tuple(sorted(name.words))


def _worth_a_look(name: Name, laid_out: _LaidOut) -> Sequence[int]:
    """Give the indexes of the names that may be nearly the same, in order."""
    found = {*_close(name.full, laid_out.fulls), *laid_out.by_short.get(name.full, ())}
    # Berkshire Women's Aid, Women's Aid Berkshire: letter by letter far apart.
    found.update(laid_out.by_words.get(_in_any_order(name), ()))
    if name.core:
        found.update(_close(name.core, laid_out.cores))
    if name.short:
        found.update(laid_out.by_full.get(name.short, ()))
    return sorted(found)


def _close(text: str, choices: Iterable[str]) -> list[int]:
    from rapidfuzz.process import extract  # noqa: PLC0415 - loaded where two names are compared

    close = extract(text, choices, scorer=_ratio(), limit=None, score_cutoff=_AT_LEAST)
    return [index for _, _, index in close]


@cache
def _distance() -> Callable[..., int]:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - likewise

    return OSA.distance


@cache
def _ratio() -> Callable[..., float]:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - likewise

    return ratio
