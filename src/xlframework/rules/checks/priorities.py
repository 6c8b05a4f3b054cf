"""Rules about priorities: a line's priority is one of its theme's."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue
from xlframework.model.names import Names
from xlframework.rules.checks.name_parts import name_of
from xlframework.rules.checks.nearness import alike
from xlframework.rules.checks.words import GlossaryTerm, ThemedLine, Wording, cells_said, together

# SP5, SP5/6, SP5-7, SP5 and SP6: a code, then further ones, or the last one of a range.
_SIGN = r"(?:(?P<range>[\u2013-]|to\b)|[,;/&]|and\b)"
_CODE = re.compile(
    rf"\s*{_SIGN}?\s*(?P<letters>(?!to\b|and\b)[A-Za-z]{{0,4}})\s?(?P<number>\d{{1,4}})\s*"
)

# A range of more priorities than this is none.
_MOST = 100


def priorities(wording: Wording, names: Names, catalogue: Catalogue) -> Iterator[Finding]:
    """Rules `priority-outside-theme` and `priority-unknown`.

    Only the priority that `themes` in `templates/names.toml` names is compared with the theme,
    and only where the glossary says which theme a priority belongs to: a second priority may
    well belong to another one. A theme that the glossary does not have is not compared.

    Args:
        wording: the words of a workbook.
        names: tells whether themes are checked.
        catalogue: for the findings.
    """
    known = {_key(term.term): term for term in wording.glossary if term.theme.strip()}
    if names.themes is None or not known:
        return
    lines = [line for line in wording.lines if codes_in(line.priority)]
    ordered = sorted(lines, key=_pair)
    for _, group in groupby(ordered, key=_pair):
        yield from _of_pair(list(group), known, catalogue)


def _pair(line: ThemedLine) -> tuple[str, str]:
    return line.priority, line.theme


def _of_pair(
    lines: Sequence[ThemedLine], known: Mapping[str, GlossaryTerm], catalogue: Catalogue
) -> Iterator[Finding]:
    """Check one priority under one theme, with all the lines that have both."""
    first = lines[0]
    (place,) = together(line.place for line in lines)
    who = first.name if len(lines) == 1 else f"{first.name} and {len(lines) - 1} more"
    for code in codes_in(first.priority):
        term = known.get(_key(code))
        if term is None:
            yield catalogue.finding(
                "priority-unknown",
                place,
                f"{who}: the glossary has no priority {code}",
                found=first.priority,
            )
        elif _is_theme(first.theme, known.values()) and not _agree(first.theme, term.theme):
            yield catalogue.finding(
                "priority-outside-theme",
                place,
                f"{who}: {code} belongs to {term.theme!r} in {cells_said([term.place])}, but "
                f"stands under {first.theme!r}",
                expected=_codes_of(first.theme, known.values()),
                found=first.priority,
            )


def codes_in(text: str) -> tuple[str, ...]:
    """Give the codes of priorities in a text; none where it is a word, such as Various.

    Letters are carried on: `SP5/6` is SP5 and SP6, and `SP5-7` is all three.
    """
    codes: dict[str, None] = {}
    letters, last, end = "", 0, 0
    for match in _CODE.finditer(text):
        # What stands between two codes, or before the first one, makes it a text.
        if match.start() != end or not (match["letters"] or letters):
            return ()
        letters, number, end = match["letters"] or letters, int(match["number"]), match.end()
        first = last if match["range"] and last < number <= last + _MOST else number
        codes.update(dict.fromkeys(f"{letters}{each}" for each in range(first, number + 1)))
        last = number
    return tuple(codes) if end == len(text) else ()


def _key(code: str) -> str:
    return "".join(code.split()).casefold()


def _agree(theme: str, other: str) -> bool:
    """Tell whether two themes are one, or nearly so: Re-offending, Reoffending; & and and."""
    if _key(theme) == _key(other):
        return True
    return alike(name_of(theme), name_of(other))


def _is_theme(theme: str, known: Iterable[GlossaryTerm]) -> bool:
    return any(_agree(theme, term.theme) for term in known)


def _codes_of(theme: str, known: Iterable[GlossaryTerm]) -> str:
    return ", ".join(term.term for term in known if _agree(theme, term.theme))
