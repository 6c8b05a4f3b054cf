"""Reads the VBA that an add-in really holds, by a program that had no hand in building it."""

import warnings
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from xlframework.ground.errors import UnreadableFileError

if TYPE_CHECKING:
    from oletools.olevba import VBA_Parser


def can_read_back() -> bool:
    """Tell whether oletools is installed."""
    return find_spec("oletools") is not None


def read_back(data: bytes, file: str) -> Mapping[str, str]:
    """Give the text of every module of an add-in, lines ending in line feeds.

    Args:
        data: the add-in.
        file: its name, for messages.

    Raises:
        UnreadableFileError: if oletools makes nothing of the macros.
    """
    with warnings.catch_warnings():
        # What oletools' own libraries deprecate is nobody's business here.
        warnings.simplefilter("ignore")
        from oletools.olevba import VBA_Parser  # noqa: PLC0415 - only to check an add-in

        try:
            return dict(_texts(VBA_Parser(file, data=data)))
        except Exception as error:  # oletools raises whatever its parts raise
            raise UnreadableFileError(
                f"{file}: its macros cannot be read ({type(error).__name__}); take the add-in from "
                "the package again."
            ) from error


def _texts(parser: "VBA_Parser") -> Iterator[tuple[str, str]]:
    try:
        for _, stream, _, text in parser.extract_macros():
            yield str(stream).rpartition("/")[2], str(text).replace("\r\n", "\n")
    finally:
        parser.close()
