"""Words of a workbook, made by hand, for the tests of names, with the shipped declarations."""

from collections.abc import Mapping, Sequence
from functools import cache

from builders import ROOT
from xlframework.ground.place import Place
from xlframework.model.councils import Councils, read_councils
from xlframework.model.names import Names, read_names
from xlframework.rules.checks.words import GlossaryTerm, ThemedLine, UsedWord, Wording

FILE = "budget.xlsx"
COLUMNS = {
    "service": ("Service", "E"),
    "text": ("Provision", "F"),
    "provider": ("Provider", "G"),
    "mechanism": ("Mechanism", "H"),
    "term": ("Term", "I"),
    "priority": ("Priority 2", "K"),
    "place": ("Reach", "L"),
    "funding": ("Funding", "M"),
}
LEICESTER = "e06000016"


@cache
def names() -> Names:
    return read_names(ROOT / "templates")


@cache
def councils() -> Councils:
    return read_councils(ROOT / "templates")


def used(word: str, kind: str = "provider", row: int = 5, *, sheet: str = "Lines") -> UsedWord:
    """Give a word of a line, under the column of its kind."""
    header, letter = COLUMNS[kind]
    about = (sheet, f"L{row}")
    return UsedWord(word, kind, header, Place(FILE, sheet, f"{letter}{row}"), about, field=header)


def printed(word: str, kind: str, row: int, *, line: int) -> UsedWord:
    """Give a word of `Printed`, printed for a line in place of its own."""
    header, _ = COLUMNS[kind]
    place = Place(FILE, "Printed", f"D{row}")
    about = ("Lines", f"L{line}")
    return UsedWord(word, kind, f"{header} as printed", place, about, field=header, is_printed=True)


def wording(
    *words: UsedWord,
    glossary: Sequence[tuple[str, str]] = (),
    lines: Sequence[tuple[str, str]] = (),
    lists: Mapping[str, tuple[str, ...]] | None = None,
    area_codes: frozenset[str] = frozenset({LEICESTER}),
    file: str = FILE,
) -> Wording:
    """Give a wording: terms as (term, theme), lines as (priority, theme) from row 5 on."""
    return Wording(
        file=file,
        words=words,
        lists=lists or {},
        glossary=tuple(
            GlossaryTerm(term, "", theme, Place(file, "Glossary", f"A{row}"))
            for row, (term, theme) in enumerate(glossary, start=5)
        ),
        lines=tuple(
            ThemedLine(f"L{row} (A service)", priority, theme, Place(file, "Lines", f"J{row}"))
            for row, (priority, theme) in enumerate(lines, start=5)
        ),
        area_codes=area_codes,
    )
