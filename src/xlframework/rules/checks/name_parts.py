"""Takes a name apart into the words that make a difference and those that make none."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_APOSTROPHES = str.maketrans("", "", "'\u2018\u2019`\u00b4")
_TOKEN = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")

# A numbering that stands beside a name: Phase II, Band B.
_ORDINAL = re.compile(r"[ivx]+\Z|.\Z")

_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")

# A short form in brackets behind the words that it stands for: ... Abuse (UAVA).
_BRACKETED = re.compile(r"\(\s*([A-Z][A-Z0-9&]{1,7})\s*\)")


@dataclass(frozen=True, slots=True)
class Manner:
    """What makes a difference between names of one kind; every word in small letters.

    Attributes:
        ignored: words that make none.
        apart: words that do, and places.
        may_lack: words that one of two names may lack.
        equal: words that say the same, with the one that stands for them all.
        phrases: the same for several words together, the longest first.
    """

    ignored: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    may_lack: frozenset[str] = frozenset()
    equal: Mapping[str, str] = field(default_factory=dict)
    phrases: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()


# Nothing declared: numbers and single letters tell apart, capitals and signs do not.
PLAIN = Manner()


@dataclass(frozen=True, slots=True)
class Name:
    """A name, taken apart for comparison.

    Attributes:
        text: as it stands.
        words: its words in order, without those that make no difference.
        apart: those of them that tell names apart, sorted.
        core: the others, joined.
        full: all of them, joined.
        lackable: the words that it may lack, without a plural's s.
        short: the short form in brackets at its end, in small letters.
        capitals: the words that are written in capitals; they may be short forms.
    """

    text: str
    words: tuple[str, ...]
    apart: tuple[str, ...]
    core: str
    full: str
    lackable: frozenset[str] = frozenset()
    short: str = ""
    capitals: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """Give the words of a text in small letters, without accents and signs, "&" as "and"."""
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    without_accents = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(_TOKEN.findall(without_accents.replace("&", " and ")))


def name_of(text: str, manner: Manner = PLAIN) -> Name:
    """Take a name apart.

    Args:
        text: the name as it stands.
        manner: what makes a difference.
    """
    all_words = tokens(_BRACKETED.sub(" ", text)) or tokens(text)
    replaced = _with_phrases(all_words, manner)
    known = [manner.equal.get(word, word) for word in replaced if word not in manner.ignored]
    # A name of nothing but words that it may lack keeps them.
    words = tuple(word for word in known if word not in manner.may_lack) or tuple(known)
    bracketed = _BRACKETED.search(text)
    ends = bracketed is not None and not text[bracketed.end() :].strip()
    apart = tuple(sorted(word for word in words if _tells_apart(word, manner)))
    return Name(
        text=text,
        words=words,
        apart=apart,
        core="".join(word for word in words if word not in apart),
        full="".join(words),
        lackable=frozenset(word.removesuffix("s") for word in known if word not in words),
        short="".join(tokens(bracketed[1])) if bracketed is not None and ends else "",
        capitals=frozenset(token for word in _CAPITALS.findall(text) for token in tokens(word)),
    )


def _with_phrases(words: tuple[str, ...], manner: Manner) -> tuple[str, ...]:
    for phrase, instead in manner.phrases:
        size = len(phrase)
        start = 0
        while start + size <= len(words):
            if words[start : start + size] == phrase:
                words = (*words[:start], *instead, *words[start + size :])
                start += len(instead)
            else:
                start += 1
    return words


def _tells_apart(word: str, manner: Manner) -> bool:
    return (
        word in manner.apart or _DIGIT.search(word) is not None or _ORDINAL.match(word) is not None
    )
