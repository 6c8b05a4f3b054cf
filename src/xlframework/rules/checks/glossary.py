"""Rules about short forms: every one that the tables use stands in the glossary, spelt so."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue
from xlframework.model.councils import Councils
from xlframework.model.names import Names
from xlframework.rules.checks.name_parts import tokens
from xlframework.rules.checks.nearness import is_slip
from xlframework.rules.checks.words import (
    GlossaryTerm,
    UsedWord,
    Wording,
    also_said,
    cells_said,
    together,
)

# NHS, C2ARA, L&R, and joined: SV/DV, Force/NHSE.
_CANDIDATE = re.compile(r"(?<![\w&/])[A-Z][\w&]*(?:/[\w&]+)*(?!\w)")
_LETTERS = re.compile(r"[^\W\d_]+")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_ROMAN = re.compile(r"[IVX]+\Z")

_FEWEST_CAPITALS = 2
_LONGEST = 8

# Three letters in another order may well be another short form.
_SHORTEST_SWAPPED = 4

# As long as the words that initials pass over: of, and, the.
_SMALL_WORD = 3


def short_forms(
    wording: Wording,
    names: Names,
    councils: Councils,
    catalogue: Catalogue,
    *,
    known: frozenset[str] = frozenset(),
) -> Iterator[Finding]:
    """Rules `short-form-near` and `short-form-missing`.

    What is missing is found only where the workbook has a glossary; without one, two short forms
    are found that are spelt in two ways, or have two letters swapped.

    Args:
        wording: the words of a workbook.
        names: tells which words are looked through, and which short forms everybody knows.
        councils: whose short names need no line in the glossary.
        catalogue: for the findings.
        known: words that another rule has found already.
    """
    looked_through = wording.of_kinds(name for name, kind in names.kind.items() if kind.short_forms)
    terms = _terms(wording.glossary)
    accepted, explained = _accepted(names, councils), _explained(looked_through)
    used = _used(looked_through, terms)
    for form, words in used.items():
        if form in terms or form in accepted or known.issuperset(word.word for word in words):
            continue
        place, *further = together(word.place for word in words)
        also = also_said(further)
        near, how = _near_term(form, terms) or _near_form(form, used) or ("", "")
        if near:
            message = f"the short form {form!r}{also} {how}"
            yield catalogue.finding("short-form-near", place, message, expected=near, found=form)
        elif terms and form not in explained:
            message = f"the short form {form!r}{also} is not in the glossary"
            yield catalogue.finding("short-form-missing", place, message, found=form)


def forms_in(text: str, whole: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the short forms in a text, without a plural's s.

    Args:
        text: the text. In one that is all in capitals nothing tells a short form from a word.
        whole: joined short forms (SV/DV) that are not parted, folded.
    """
    if len(_LETTERS.findall(text)) > 1 and text.isupper():
        return ()
    kept = frozenset(whole)
    return tuple(
        form
        for candidate in _CANDIDATE.findall(text)
        if not candidate[1:].islower()
        for part in ([candidate] if _folded(candidate) in kept else candidate.split("/"))
        if _is_short(form := _singular(part))
    )


def _singular(part: str) -> str:
    return part[:-1] if part.endswith("s") and part[:-1].isupper() else part


def _is_short(part: str) -> bool:
    """Tell whether a word is a short form: capitals, with one small letter at most."""
    capitals = sum(letter.isupper() for letter in part)
    small = sum(letter.islower() for letter in part)
    return _FEWEST_CAPITALS <= capitals <= _LONGEST and small <= 1 and not _ROMAN.match(part)


def _folded(form: str) -> str:
    return "".join(tokens(form.replace("&", "")))


def _terms(glossary: Iterable[GlossaryTerm]) -> Mapping[str, GlossaryTerm]:
    """Give the terms of the glossary by every spelling that they allow."""
    terms: dict[str, GlossaryTerm] = {}
    for each in glossary:
        plain = _BRACKETED.sub("", each.term).strip()
        for spelling in (each.term.strip(), plain, *plain.split("/")):
            terms.setdefault(spelling.strip(), each)
    return terms


def _accepted(names: Names, councils: Councils) -> frozenset[str]:
    of_councils = (
        form for each in councils.council for name in each.names for form in forms_in(name)
    )
    return frozenset({*names.well_known, *of_councils})


def _used(
    words: Iterable[UsedWord], terms: Mapping[str, GlossaryTerm]
) -> Mapping[str, list[UsedWord]]:
    """Give each short form with the words that it stands in."""
    joined = {_folded(term) for term in terms if "/" in term}
    used: defaultdict[str, list[UsedWord]] = defaultdict(list)
    for word in words:
        for form in dict.fromkeys(forms_in(word.word, joined)):
            used[form].append(word)
    return used


def _near_term(form: str, terms: Mapping[str, GlossaryTerm]) -> tuple[str, str] | None:
    """Find the term that a short form is a slip of: in its signs and capitals, or in a letter.

    Returns:
        The term, and how a message goes on about it.
    """
    folded = _folded(form)
    short = {term: each for term, each in terms.items() if _is_short(term) and each.term == term}
    same = (term for term in short if _folded(term) == folded)
    slip = (term for term in short if is_slip(_folded(term), folded))
    near = next(same, None) or next(slip, None)
    if near is None:
        return None
    return near, f"is not in the glossary, which has {near!r} in {cells_said([short[near].place])}"


def _near_form(form: str, used: Mapping[str, list[UsedWord]]) -> tuple[str, str] | None:
    """Find another short form of the tables that a rarer, or later, one is a slip of.

    Returns:
        The other one, and how a message goes on about it.
    """
    folded = _folded(form)
    ordered = sorted(used, key=lambda each: -len(used[each]))
    for other in ordered[: ordered.index(form)]:
        if _folded(other) == folded or _is_swap(_folded(other), folded):
            where = cells_said(together(word.place for word in used[other]))
            return other, f"is nearly {other!r} in {where}"
    return None


def _is_swap(one: str, other: str) -> bool:
    """Tell whether two short forms of four letters or more differ in two that are swapped."""
    if len(one) != len(other) or len(one) < _SHORTEST_SWAPPED:
        return False
    differ = [i for i in range(len(one)) if one[i] != other[i]]
    match differ:
        case [first, second]:
            return second == first + 1 and one[first : second + 1] == other[second] + other[first]
        case _:
            return False


def _explained(words: Iterable[UsedWord]) -> frozenset[str]:
    """Give the short forms that stand in brackets behind their words: North West (NW)."""
    return frozenset(
        form
        for word in words
        for bracket in _BRACKETED.finditer(word.word)
        for form in [bracket[1].strip()]
        if any(each.endswith(form) for each in _initials(word.word[: bracket.start()]))
    )


def _initials(text: str) -> tuple[str, str]:
    """Give the initials of a text's words in capitals: of all, and of those of four letters on."""
    words = _LETTERS.findall(text)
    return (
        "".join(word[0] for word in words).upper(),
        "".join(word[0] for word in words if len(word) > _SMALL_WORD).upper(),
    )
