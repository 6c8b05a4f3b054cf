"""Rules about names that almost agree: within a workbook, and between two."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xlframework.ground.finding import Finding
from xlframework.ground.folding import folded
from xlframework.ground.place import Place
from xlframework.model.catalogue import Catalogue
from xlframework.model.councils import Councils
from xlframework.model.names import Names
from xlframework.rules.checks.name_parts import Manner, Name, name_of, tokens
from xlframework.rules.checks.nearness import (
    alike,
    alike_among,
    alike_earlier,
    is_short_for,
    left_over,
    likeness,
)
from xlframework.rules.checks.words import (
    UsedWord,
    Wording,
    also_said,
    cells_said,
    manner_of,
    together,
)

# Two names for the one thing in the one line need to agree no more than this to be the same
# name, spelt otherwise: Twenty-Two, Twenty-Twenty.
_SAME_THING = 70.0

_LONGEST_SHOWN = 80

_AREAS = ("Area", "CSP")


@dataclass(frozen=True, slots=True)
class _Used:
    """A name with every cell that it stands in."""

    name: Name
    words: tuple[UsedWord, ...]

    @property
    def text(self) -> str:
        return self.name.text

    @property
    def places(self) -> tuple[Place, ...]:
        return together(word.place for word in self.words)


def near_names(
    wording: Wording,
    names: Names,
    councils: Councils,
    catalogue: Catalogue,
    *,
    known: frozenset[str] = frozenset(),
) -> Iterator[Finding]:
    """Rule `name-near`: one thing has one name.

    A coded word prints otherwise in `Printed` on purpose, so there its printed words are
    compared with one another only.

    Args:
        wording: the words of a workbook.
        names: the declaration of names.
        councils: the councils and places.
        catalogue: for the findings.
        known: words that another rule has found already.
    """
    for kind, declared in names.kind.items():
        if not declared.similar:
            continue
        manner = _manner(kind, names, councils, wording)
        words = [word for word in wording.of_kinds([kind]) if word.word not in known]
        groups = [words] if declared.across else _by_printed(words)
        for group in groups:
            used = _used(group, manner, names)
            for one, other in _near_pairs(used, _same_things(group, used), names):
                yield catalogue.finding(
                    "name-near",
                    one.places[0],
                    _message(one, other, declared.called, wording.file),
                    expected=other.text,
                    found=one.text,
                )


def names_between(
    wording: Wording, other: Wording, names: Names, councils: Councils, catalogue: Catalogue
) -> Iterator[Finding]:
    """Rule `name-near-elsewhere`: two workbooks have one name for one thing.

    A name that stands in both workbooks is left out: where it is nearly another one, the rule
    for a single workbook finds it.

    Args:
        wording: the words of a workbook.
        other: those of another one.
        names: the declaration of names.
        councils: the councils and places.
        catalogue: for the findings.
    """
    pairs = _known_pairs(names)
    for kind, declared in names.kind.items():
        if not declared.across:
            continue
        manner = _manner(kind, names, councils, wording, other)
        here, there = (_used(each.of_kinds([kind]), manner, names) for each in (wording, other))
        mine = [each for text, each in here.items() if text not in there]
        theirs = [each for text, each in there.items() if text not in here]
        alike_ones = alike_among([each.name for each in mine], [each.name for each in theirs])
        for one, found in zip(mine, alike_ones, strict=True):
            near = (theirs[i] for i in found if _pair(one.text, theirs[i].text) not in pairs)
            match = next(near, None)
            if match is not None:
                yield catalogue.finding(
                    "name-near-elsewhere",
                    one.places[0],
                    _message(one, match, declared.called, wording.file),
                    expected=match.text,
                    found=one.text,
                )


def _manner(kind: str, names: Names, councils: Councils, *wordings: Wording) -> Manner:
    """Give what makes a difference; the places of areas only where none is declared.

    A slip in the table Areas must not pass for a place of its own.
    """
    places = (
        word.word
        for wording in wordings
        if not wording.area_codes & councils.codes and not names.kind[kind].places
        for word in wording.words
        if word.column in _AREAS
    )
    return manner_of(kind, names, councils, places)


def _by_printed(words: Iterable[UsedWord]) -> tuple[list[UsedWord], list[UsedWord]]:
    listed = list(words)
    return (
        [word for word in listed if not word.is_printed],
        [word for word in listed if word.is_printed],
    )


def _used(words: Iterable[UsedWord], manner: Manner, names: Names) -> Mapping[str, _Used]:
    """Give the distinct names in the order in which they first stand."""
    cells: dict[str, list[UsedWord]] = {}
    for word in words:
        if not names.is_placeholder(word.word):
            cells.setdefault(word.word, []).append(word)
    return {text: _Used(name_of(text, manner), tuple(each)) for text, each in cells.items()}


def _near_pairs(
    used: Mapping[str, _Used], same: Mapping[str, str], names: Names
) -> Iterator[tuple[_Used, _Used]]:
    """Pair each name with one that it is nearly the same as: the commonest, or the first."""
    pairs = _known_pairs(names)
    ordered = sorted(used.values(), key=lambda each: -len(each.words))
    found = {text: [used[own]] for text, own in same.items()}
    for one, earlier in zip(ordered, alike_earlier([each.name for each in ordered]), strict=True):
        # The other way round it may have been found as the same thing already.
        near = (ordered[i] for i in earlier if same.get(ordered[i].text) != one.text)
        found.setdefault(one.text, []).extend(near)
    for one in used.values():
        others = (each for each in found[one.text] if _pair(one.text, each.text) not in pairs)
        match = next(others, None)
        if match is not None:
            yield one, match


def _same_things(words: Iterable[UsedWord], used: Mapping[str, _Used]) -> Mapping[str, str]:
    """Find names that one table prints for what the workbook names nearly so."""
    listed = [word for word in words if word.word in used]
    own = {(word.row, word.field): word.word for word in listed if not word.is_printed}
    found: dict[str, str] = {}
    for word in listed:
        named = own.get((word.row, word.field), word.word)
        is_other = word.is_printed and named != word.word and found.get(named) != word.word
        if is_other and _is_same_thing(used[word.word].name, used[named].name):
            found[word.word] = named
    return found


def _is_same_thing(name: Name, own: Name) -> bool:
    """Tell whether two names for one thing are one; a name that only says less is a short one."""
    says_other = left_over(name.words, own.words) and left_over(own.words, name.words)
    return alike(name, own) or (bool(says_other) and likeness(name, own) >= _SAME_THING)


def _known_pairs(names: Names) -> frozenset[frozenset[str]]:
    return frozenset(_pair(one, other) for one, other in names.different)


def _pair(one: str, other: str) -> frozenset[str]:
    return frozenset(map(folded, (one, other)))


def _message(one: _Used, other: _Used, called: str, file: str) -> str:
    also = also_said(one.places[1:], file)
    where = cells_said(other.places, file)
    how = _how(one.name, other.name)
    return f"the {called} {_shown(one.text)!r}{also} {how} {_shown(other.text)!r} in {where}"


def _shown(text: str) -> str:
    """Cut a name that is too long for a sentence; Expected and Found show it whole."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3].rstrip()}..."


def _how(one: Name, other: Name) -> str:
    if one.text.casefold() == other.text.casefold():
        return "differs only in capitals from"
    if "".join(tokens(one.text)) == "".join(tokens(other.text)):
        return "differs only in spaces or signs from"
    if is_short_for(one, other):
        return "is short for"
    return "is written in short as" if is_short_for(other, one) else "is nearly"
