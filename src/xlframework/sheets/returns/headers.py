"""Tells which column of a submitted table is which of the form's, moved and renamed ones too."""

import difflib
from collections.abc import Sequence

from xlframework.ground.folding import folded

# A header as likely meant: "Quarter 1" is not, "Out come measure" is.
_LIKENESS = 0.6

# Of a longer text no more is compared.
_LONGEST = 100


def match_headers(texts: Sequence[str], declared: Sequence[str]) -> tuple[str | None, ...]:
    """Give for each column the declared header that it is taken for.

    A header that is spelt as declared (case and spaces apart) is known wherever it stands.
    Of the others, as many as are missing between the same two neighbours are taken for
    those, in order; where the numbers differ, the most similar words decide.

    Args:
        texts: the headers as they stand, from left to right.
        declared: the headers of the form, in order.

    Returns:
        One entry a column; None for a column that the form does not have, and for the
        second of two columns with one header.
    """
    spelling = {folded(header): header for header in declared}
    found: list[str | None] = []
    for text in texts:
        header = spelling.get(folded(text))
        found.append(None if header in found else header)
    doubled = {place for place, text in enumerate(texts) if folded(text) in spelling}
    free = [place for place, header in enumerate(found) if header is None and place not in doubled]
    for gap, wanted in _gaps(found, free, declared):
        _take(found, texts, gap, wanted)
    left = [header for header in declared if header not in found]
    _take_alike(found, texts, [place for place in free if found[place] is None], left)
    return tuple(found)


def _gaps(
    found: Sequence[str | None], free: Sequence[int], declared: Sequence[str]
) -> list[tuple[list[int], list[str]]]:
    """Pair the unknown columns between two known ones with what is declared between them."""
    gaps: dict[int, tuple[list[int], list[str]]] = {}
    known = [header for header in found if header is not None]
    for place in free:
        before = next((each for each in reversed(found[:place]) if each is not None), None)
        start = declared.index(before) if before is not None else -1
        gaps.setdefault(start, ([], []))[0].append(place)
    for start, (_, wanted) in gaps.items():
        for header in declared[start + 1 :]:
            if header in known:
                break
            wanted.append(header)
    return list(gaps.values())


def _take(
    found: list[str | None], texts: Sequence[str], gap: Sequence[int], wanted: Sequence[str]
) -> None:
    if len(gap) == len(wanted):
        for place, header in zip(gap, wanted, strict=True):
            found[place] = header
    else:
        _take_alike(found, texts, gap, wanted)


def _take_alike(
    found: list[str | None], texts: Sequence[str], gap: Sequence[int], wanted: Sequence[str]
) -> None:
    """Take the most similar pairs first; what is not similar stays unknown."""
    pairs = sorted(
        ((-_likeness(texts[place], header), place, header) for place in gap for header in wanted),
    )
    for score, place, header in pairs:
        if -score >= _LIKENESS and found[place] is None and header not in found:
            found[place] = header


def _likeness(text: str, header: str) -> float:
    return difflib.SequenceMatcher(None, folded(text[:_LONGEST]), folded(header)).ratio()
