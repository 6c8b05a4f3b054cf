"""Reads a table of areas from a CSV file, each value exact or said to be no number."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from xlframework.ground.errors import AllocationError
from xlframework.ground.exact import NumberError, parse_number
from xlframework.ground.folding import folded
from xlframework.ground.money import MoneyError, parse_pounds
from xlframework.ground.place import Place
from xlframework.model.areas import CODE, NAME, PREVIOUS, CspArea, NotANumber, Number, completed
from xlframework.model.budget import Origin
from xlframework.model.edition import read_csv


def read_areas(path: Path) -> tuple[CspArea, ...]:
    """Read a CSV file of areas: `Area code`, `Area`, one column per indicator.

    `Population` and `Previous award` are read where they stand. Case and outer spaces
    of headers do not matter; rows that hold nothing are passed over.

    Raises:
        DeclarationError: if it is no CSV file.
        AllocationError: if a column is missing, or a population or previous award is
            no number of nought or more; the message names the line.
    """
    table = read_csv(path)
    keys = [folded(header) for header in table.headers]
    _check_headers(keys, table.headers, str(path))
    columns = {header: number for number, header in enumerate(table.headers, start=1)}
    areas = tuple(
        area_from(
            dict(zip(keys, row.values(), strict=True)), Origin(str(path), None, line, columns)
        )
        for row, line in zip(table.rows, table.lines, strict=True)
        if any(text.strip() for text in row.values())
    )
    if not areas:
        raise AllocationError(Place(str(path)), "there is no area below the headers; add a row.")
    return areas


def _check_headers(keys: Sequence[str], headers: Sequence[str], file: str) -> None:
    place = Place(file, None, "line 1")
    for header in (CODE, NAME):
        if folded(header) not in keys:
            raise AllocationError(
                place, f"there is no column {header!r} in a table of areas; add it."
            )
    for key, header in zip(keys, headers, strict=True):
        if key and keys.count(key) > 1:
            raise AllocationError(place, f"the header {header!r} stands twice; rename one of them.")


def area_from(texts: Mapping[str, str], origin: Origin) -> CspArea:
    """Make an area from the texts of a row.

    Args:
        texts: by folded header.
        origin: where the row stands.

    Raises:
        AllocationError: for a population or previous award that cannot be used.
    """
    values = {key: number_from(text) for key, text in texts.items()}
    code, name = (texts[folded(header)].strip() for header in (CODE, NAME))
    area = CspArea(code, name, values=values, origin=origin)
    return completed(area, _previous(area, texts.get(folded(PREVIOUS), "")))


def number_from(text: str) -> Number:
    """Read a value: a number, blank, or something else that stands there."""
    if not text.strip():
        return None
    try:
        return parse_number(text)
    except NumberError:
        return NotANumber(text.strip())


def _previous(area: CspArea, award: str) -> int | None:
    try:
        return parse_pounds(award)
    except MoneyError as error:
        raise AllocationError(
            area.place(PREVIOUS),
            f"{area.said(PREVIOUS)}: {error}; type a plain amount, or leave it blank.",
        ) from error
