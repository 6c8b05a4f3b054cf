"""Rule `word-misplaced`: a word stands in a column of its kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlframework.ground.finding import Finding
from xlframework.ground.folding import folded
from xlframework.model.catalogue import Catalogue
from xlframework.model.councils import Councils
from xlframework.model.names import Names
from xlframework.rules.checks.priorities import codes_in
from xlframework.rules.checks.words import UsedWord, Wording, also_said, cells_said, together


@dataclass(frozen=True, slots=True)
class _Known:
    """Where words are known.

    Attributes:
        lists: what drop-down lists offer, by kind.
        cells: the cells that a word stands in, by the word and its kind.
        councils: the names of councils.
        priorities: the codes of priorities in the glossary.
    """

    lists: Mapping[str, frozenset[str]]
    cells: Mapping[tuple[str, str], Sequence[UsedWord]]
    councils: frozenset[str]
    priorities: frozenset[str]


def misplaced(
    wording: Wording, names: Names, councils: Councils, catalogue: Catalogue
) -> Iterator[Finding]:
    """Find words that are known of another kind than that of their column.

    A word belongs where a list offers it; otherwise to the kind that lists it, or under which
    it stands more often. What a service is called is free, so services are left out.

    Args:
        wording: the words of a workbook.
        names: tells which kinds keep to their own words.
        councils: names of providers.
        catalogue: for the findings.
    """
    kinds = [name for name, kind in names.kind.items() if kind.own]
    known = _known(wording, names, councils, kinds)
    for (key, kind), words in known.cells.items():
        if _belongs(key, kind, names, known):
            continue
        other = next(
            (each for each in kinds if each != kind and _is_rather(key, each, kind, names, known)),
            None,
        )
        if other is None:
            continue
        place, *further = together(word.place for word in words)
        also = also_said(further)
        columns = " and ".join(dict.fromkeys(word.column for word in words))
        elsewhere = [word.place for word in known.cells.get((key, other), ())]
        where = f", as in {cells_said(together(elsewhere)[:1])}" if elsewhere else ""
        yield catalogue.finding(
            "word-misplaced",
            place,
            f"{words[0].word!r}{also} stands under {columns!r}, but it is a "
            f"{names.kind[other].called}{where}",
            found=words[0].word,
        )


def _known(wording: Wording, names: Names, councils: Councils, kinds: Sequence[str]) -> _Known:
    cells: dict[tuple[str, str], list[UsedWord]] = {}
    for word in wording.of_kinds(kinds):
        if not names.is_placeholder(word.word):
            cells.setdefault((folded(word.word), word.kind), []).append(word)
    return _Known(
        lists={
            kind: frozenset(folded(word) for word in wording.lists.get(kind, ())) for kind in kinds
        },
        cells=cells,
        councils=frozenset(folded(name) for each in councils.council for name in each.names),
        priorities=frozenset(folded(each.term) for each in wording.glossary if each.theme.strip()),
    )


def _belongs(key: str, kind: str, names: Names, known: _Known) -> bool:
    """Tell whether a word is surely right under a kind."""
    return key in known.lists[kind] or _is_by_nature(key, kind, names, known)


def _is_by_nature(key: str, kind: str, names: Names, known: _Known) -> bool:
    """Tell whether a word is a council that exists, or codes of priorities in the glossary."""
    declared = names.kind[kind]
    codes = frozenset(codes_in(key))
    return (declared.councils and key in known.councils) or (
        declared.priorities and bool(codes) and codes <= known.priorities
    )


def _is_rather(key: str, kind: str, than: str, names: Names, known: _Known) -> bool:
    """Tell whether a word is of a kind, rather than of the one that it stands under."""
    if _belongs(key, kind, names, known):
        return True
    here, there = (len(known.cells.get((key, each), ())) for each in (than, kind))
    # Where a list says what may stand there, a word that it does not offer has less right; but
    # a list that nobody has made their own yet is no reason to call eighteen cells wrong for one.
    has_less_right = known.lists[than] and not known.lists[kind]
    return there >= here if has_less_right else there > here
