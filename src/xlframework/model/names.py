"""What the names of a workbook are and what tells them apart: `templates/names.toml`."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from xlframework.ground.errors import DeclarationError
from xlframework.ground.shipped import required_template
from xlframework.model.declarations import Declaration, read_declaration

FILE_NAME = "names.toml"

_COLUMN = re.compile(r"(?P<table>\w+)\[(?P<header>[^\[\]]+)\]\Z")


class Kind(Declaration, frozen=True):
    """A kind of words.

    Attributes:
        called: what a message calls such a word.
        columns: the columns that hold it, as `Lines[Provider]`.
        similar: whether names that are nearly the same are found,
        across: also between two workbooks.
        own: whether a word of another kind is found where it stands.
        councils: whether the words are looked through for councils.
        priorities: whether it holds the codes of priorities.
        short_forms: whether the words are looked through for short forms.
        places: whether the words are places.
        may_lack: words that one of two names may lack and still be the same name.
    """

    called: str
    columns: tuple[str, ...]
    similar: bool = False
    across: bool = False
    own: bool = False
    councils: bool = False
    priorities: bool = False
    short_forms: bool = False
    places: bool = False
    may_lack: tuple[str, ...] = ()


class Themes(Declaration, frozen=True):
    """Where a line's theme stands, and the priority that must belong to it.

    Attributes:
        priority: a column of `Lines`.
        theme: another one.
    """

    priority: str
    theme: str


class Names(Declaration, frozen=True):
    """The kinds of words, and what tells two names apart.

    Attributes:
        kind: the kinds by name.
        themes: which priority belongs to which theme; None to leave that unchecked.
        different: pairs of names that look alike and are both right.
        ignored: words that make no difference.
        apart: words that do.
        equal: groups of words that say the same.
        placeholders: what stands where there is no name yet.
        well_known: short forms that need no line in the glossary.
    """

    kind: dict[str, Kind]
    themes: Themes | None = None
    different: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    equal: tuple[tuple[str, ...], ...] = ()
    placeholders: tuple[str, ...] = ()
    well_known: tuple[str, ...] = ()

    def columns(self) -> Iterator[tuple[str, str, str]]:
        """Give every column with its table, its header and its kind, in the order declared."""
        for name, kind in self.kind.items():
            for column in kind.columns:
                match = _COLUMN.match(column)
                if match is not None:
                    yield match["table"], match["header"], name

    def kinds_of(self, table: str) -> Mapping[str, str]:
        """Give the kinds of a table's columns, by header."""
        return {header: kind for other, header, kind in self.columns() if other == table}

    def is_placeholder(self, word: str) -> bool:
        """Tell whether a word stands where there is no name yet."""
        return word.strip().casefold() in {each.casefold() for each in self.placeholders}


def read_names(templates: Path | None = None) -> Names:
    """Read the declaration of names.

    Args:
        templates: the folder given with `--templates`.

    Raises:
        DeclarationError: if it is missing or says something unknown; if a column is named
            otherwise than as Table[Column], or stands under two kinds.
    """
    path = required_template(FILE_NAME, templates)
    names = read_declaration(path, Names)
    seen: dict[str, str] = {}
    for name, kind in names.kind.items():
        for column in kind.columns:
            where = f"{path}: key kind.{name}.columns: {column!r}"
            if _COLUMN.match(column) is None:
                raise DeclarationError(
                    f"{where} is not written as Table[Column], such as Lines[Provider]."
                )
            if column in seen:
                raise DeclarationError(f"{where} already stands under kind.{seen[column]}.")
            seen[column] = name
    return names
