"""The councils of an area and its places, as declared in `templates/councils.toml`."""

from pathlib import Path

from xlframework.ground.shipped import required_template
from xlframework.model.declarations import Declaration, read_declaration

FILE_NAME = "councils.toml"


class Council(Declaration, frozen=True):
    """A council.

    Attributes:
        name: its own name.
        codes: the codes of its local authority and of its Community Safety Partnership.
        also: other ways to write its name that are right too.
    """

    name: str
    codes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write its name."""
        return (self.name, *self.also)


class Councils(Declaration, frozen=True):
    """The councils that exist in the area of a force.

    Attributes:
        source: where the names and codes come from.
        council: the councils.
        places: further words for places, beside those in the names of the councils.
        same: groups of words for one place.
    """

    source: str
    council: tuple[Council, ...]
    places: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """Every code, in small letters."""
        return frozenset(code.casefold() for each in self.council for code in each.codes)


def read_councils(templates: Path | None = None) -> Councils:
    """Read the councils.

    Args:
        templates: the folder given with `--templates`.

    Raises:
        DeclarationError: if the file is missing or says something unknown.
    """
    return read_declaration(required_template(FILE_NAME, templates), Councils)
