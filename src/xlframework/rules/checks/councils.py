"""Rule `council-unknown`: what looks like a council is one that exists."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue
from xlframework.model.councils import FILE_NAME, Council, Councils
from xlframework.model.names import Names
from xlframework.rules.checks.name_parts import name_of, tokens
from xlframework.rules.checks.nearness import is_slip, likeness
from xlframework.rules.checks.words import UsedWord, Wording, also_said, together

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*|&|[^\w\s]")

# Nothing else ends the name of a council, so other words are not looked at closely.
_END = re.compile(r"\bcouncil\b|\bborough\b|\bdistrict\b|\b[BCD]C\b", re.IGNORECASE)

_TYPES = frozenset({"borough", "city", "county", "district", "metropolitan", "unitary"})
_SHORT: Mapping[str, frozenset[str]] = {
    "bc": frozenset({"borough"}),
    "cc": frozenset({"city", "county"}),
    "dc": frozenset({"district"}),
}

# Words of a council's name that are no part of its place.
_NO_PLACE = frozenset({*_TYPES, *_SHORT, "council"})

# Between these words and a council's name nothing of the name stands.
_BEFORE = frozenset({"at", "by", "for", "from", "in", "of", "the", "through", "to", "via", "with"})

# Before these words "Council" names a body of another kind: Leicester Council of Faiths.
_AFTER = frozenset({"for", "of", "on"})

# How far the name of a place must agree with that of a council to be taken for it: where
# "Council" alone says so (Youth Council), nearly wholly.
_TAKEN_FOR = 75.0
_SURELY = 85.0
_ALL = 100.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A council's name as it stands in a text.

    Attributes:
        text: the name.
        place: the words before its type, in small letters.
        types: what it may be: borough, city, county, district; none where it does not say.
        is_full: whether the word "Council" stands there.
    """

    text: str
    place: tuple[str, ...]
    types: frozenset[str]
    is_full: bool


def unknown_councils(
    wording: Wording,
    found: Mapping[Mention, Sequence[UsedWord]],
    councils: Councils,
    catalogue: Catalogue,
) -> Iterator[Finding]:
    """Rules `council-unknown` and `council-list-elsewhere`: a council is one that exists.

    Args:
        wording: the words of a workbook.
        found: what looks like a council there and is none (`wrong_councils`).
        councils: the councils that exist.
        catalogue: for the findings.
    """
    if found and is_elsewhere(wording, councils):
        first = next(iter(found.values()))
        yield catalogue.finding(
            "council-list-elsewhere",
            first[0].place,
            f"templates/{FILE_NAME} has the councils of other areas than this workbook, so the "
            "names of councils are not checked",
        )
        return
    for mention, words in found.items():
        place, *further = together(word.place for word in words)
        also = also_said(further)
        likely = " or ".join(council.name for council in meant(mention, councils))
        yield catalogue.finding(
            "council-unknown",
            place,
            f"{mention.text!r}{also} is no council of these areas"
            + (f", but {likely} is" if likely else ""),
            expected=likely or None,
            found=mention.text,
        )


def is_elsewhere(wording: Wording, councils: Councils) -> bool:
    """Tell whether the declared councils are not those of a workbook.

    None of them has the code of an area of the workbook; where there are no areas, none of
    them is named in it.
    """
    if wording.area_codes:
        return not wording.area_codes & councils.codes
    names = {tokens(name) for each in councils.council for name in each.names}
    return not any(
        words[start : start + len(name)] == name
        for words in (tokens(word.word) for word in wording.words)
        for name in names
        for start in range(len(words))
    )


def wrong_councils(
    wording: Wording, names: Names, councils: Councils
) -> Mapping[Mention, Sequence[UsedWord]]:
    """Give what looks like a council and is none, with the words that it stands in."""
    found: dict[Mention, list[UsedWord]] = {}
    for word in wording.of_kinds(name for name, kind in names.kind.items() if kind.councils):
        for mention in mentions(word.word, councils):
            found.setdefault(mention, []).append(word)
    return found


def mentions(text: str, councils: Councils) -> tuple[Mention, ...]:
    """Find what looks like a council in a text, and is none that is declared."""
    if _END.search(text) is None:
        return ()
    spelt = _WORD.findall(text)
    # A sign that is no "&" becomes the empty text, and no name reaches across it.
    words = _without_known(["".join(tokens(word)) for word in spelt], councils)
    found = (_mention(words, spelt, end, councils) for end in range(len(words)))
    return tuple(
        mention for mention in found if mention is not None and _is_wrong(mention, councils)
    )


def _without_known(words: list[str], councils: Councils) -> list[str]:
    """Take out the names of councils that exist, the longest first."""
    known = sorted((tokens(name) for each in councils.council for name in each.names), key=len)
    for name in reversed(known):
        size = len(name)
        for start in range(len(words) - size + 1):
            if size and tuple(words[start : start + size]) == name:
                words = [*words[:start], *[""] * size, *words[start + size :]]
    return words


def _mention(
    words: Sequence[str], spelt: Sequence[str], end: int, councils: Councils
) -> Mention | None:
    """Read the council whose name ends with a word; None if none does."""
    types, stop = _types_at(words, spelt, end)
    first = stop
    while first and words[first - 1] and words[first - 1] not in _BEFORE:
        first -= 1
    # The name may begin after each "and": Hinckley and Bosworth; Police and Melton.
    starts = [first, *(i + 1 for i in range(first, stop) if words[i] == "and")]
    found = [
        Mention(
            " ".join(spelt[start : end + 1]),
            tuple(words[start:stop]),
            types,
            is_full=words[end] == "council",
        )
        for start in starts
        if start < stop and words[start] != "and"
    ]
    close = (each for each in found if _closest(each, councils) >= _TAKEN_FOR)
    return next(close, found[0] if found else None)


def _types_at(words: Sequence[str], spelt: Sequence[str], end: int) -> tuple[frozenset[str], int]:
    """Give the types of the council whose name ends with a word, and where its place stops.

    The place stops before the first word where no council's name ends.
    """
    last, before = words[end], words[end - 1] if end else ""
    if last == "council":
        types = _types_meant(before)
        is_other = not types and end + 1 < len(words) and words[end + 1] in _AFTER
        return types, 0 if is_other else end - bool(types)
    if last in _SHORT and spelt[end].isupper():
        return _SHORT[last], end
    is_last = end + 1 == len(words) or not words[end + 1]
    if last in {"borough", "district"} and is_last:
        return frozenset({last}), end
    return frozenset(), 0


def _types_meant(word: str) -> frozenset[str]:
    """Give the types that a word before "Council" is, or is a slip for: distict, bourough."""
    if word in _TYPES or word.removesuffix("s") in _TYPES:
        return frozenset({word} & _TYPES)
    return frozenset(each for each in _TYPES if is_slip(word, each))


def _is_wrong(mention: Mention, councils: Councils) -> bool:
    """Tell whether a mention is surely meant for a council, and not rightly so in short."""
    if mention.is_full and mention.types:
        return True
    if _closest(mention, councils) < _SURELY:
        return False
    likely = meant(mention, councils)
    return mention.is_full or not any(_is_type(mention, council) for council in likely)


def meant(mention: Mention, councils: Councils) -> tuple[Council, ...]:
    """Give the councils that a mention may be meant for, the likeliest first."""
    scored = [(_agreement(mention, each), each) for each in councils.council]
    close = sorted(
        (each for each in scored if each[0] >= _TAKEN_FOR), key=lambda each: each[0], reverse=True
    )
    # The very place, or the very type: for Leicester County Council there is one of each.
    likely = [each for score, each in close if score == _ALL or _is_type(mention, each)]
    return tuple(likely) or tuple(each for _, each in close[:1])


def _is_type(mention: Mention, council: Council) -> bool:
    return not mention.types.isdisjoint(tokens(council.name))


def _closest(mention: Mention, councils: Councils) -> float:
    return max((_agreement(mention, each) for each in councils.council), default=0.0)


def _agreement(mention: Mention, council: Council) -> float:
    """Give how far a mention's place agrees with a council's: 0 to 100."""
    place = name_of(" ".join(mention.place))
    return max(
        likeness(place, name_of(" ".join(_place_of(tokens(name))))) for name in council.names
    )


def _place_of(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _NO_PLACE)
