"""The bundled list of areas: codes with the names that belong to them."""

from collections.abc import Mapping

from xlframework.ground.folding import folded
from xlframework.ground.shipped import areas_folder
from xlframework.model.edition import read_csv

FILE_NAME = "codes_and_names.csv"


def known_areas() -> Mapping[str, frozenset[str]]:
    """Give every bundled code, in small letters, with the names of its area.

    An area has a local authority code and a Community Safety Partnership code; both
    have the same names.

    Raises:
        DeclarationError: if the list cannot be read.
    """
    table = read_csv(areas_folder() / FILE_NAME)
    return {
        row[column].casefold(): frozenset({folded(row["Area"]), folded(row["CSP"])})
        for row in table.rows
        for column in ("Area code", "CSP code")
    }
