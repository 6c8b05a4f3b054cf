"""The looks that a marked copy and a report take from the skeleton's palette."""

from dataclasses import dataclass

from xlframework.ground.errors import UnreadableFileError
from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.styles import look_parts
from xlframework.sheets.palette import CORNER_NAME, Palette, read_palette
from xlframework.sheets.snapshot import find_names


@dataclass(frozen=True, slots=True)
class Looks:
    """How cells look.

    Attributes:
        styles: the styles part that the palette's indices count in.
        theme: the theme that the styles speak of.
        palette: the style index of every crossing.
    """

    styles: bytes
    theme: bytes | None
    palette: Palette


def read_looks(package: Package, catalogue: Catalogue) -> Looks:
    """Read the looks of a commissioning workbook, or of the skeleton that it is made from.

    Args:
        package: the workbook.
        catalogue: for what is missing.

    Raises:
        UnreadableFileError: if it has no palette.
    """
    book = read_book(package)
    corner = find_names(book).get(CORNER_NAME)
    if corner is None:
        raise UnreadableFileError(
            f"{package.file} has no cell named {CORNER_NAME}, so there is no palette to take "
            "the looks from; restore it."
        )
    palette = read_palette(book, corner.sheet, (corner.row, corner.column), catalogue)
    if isinstance(palette, Finding):
        raise UnreadableFileError(f"{palette.place}: {palette.message}. {palette.fix}")
    styles, theme = look_parts(package)
    return Looks(styles, theme, palette)
