"""A part that makes no sense is named, and the workbook is left as it was."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.terminal import assert_refused
from loss.surgery import (
    CONTENT_TYPES,
    RELATIONSHIP,
    Parts,
    packed,
    put_cell,
    put_number,
    replaced,
    sheet_part,
    shown_parts,
    table_part,
    write_workbook,
)
from malformed.commands import COMMANDS, assert_left_alone, read_with

SHARED_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
ODD_VALUES = ("", "-1", "0", "999999999", "abc", "1e400", "A1:ZZZ9999999", "NaN", "²", "٣", " 1 ")
DAMAGED = 120


def _sheet_cut_short(parts: Parts) -> str:
    part = sheet_part(parts, "Lines")
    parts[part] = parts[part][:-500]
    return part


def _sheet_of_another_kind(parts: Parts) -> str:
    part = sheet_part(parts, "Lines")
    parts[part] = b"<html/>"
    return part


def _sheet_missing(parts: Parts) -> str:
    part = sheet_part(parts, "Glossary")
    del parts[part]
    return part


def _table_without_range(parts: Parts) -> str:
    part = table_part(parts, "Lines")
    replaced(parts, part, 'ref="A4:T68"', 'ref="somewhere"')
    return part


def _table_outside_the_sheet(parts: Parts) -> str:
    part = table_part(parts, "Lines")
    replaced(parts, part, 'ref="A4:T68"', 'ref="A4:T9999999"')
    return part


def _table_of_other_width(parts: Parts) -> str:
    part = table_part(parts, "Sections")
    replaced(parts, part, '<tableColumn id="1" name="Order"/>', "")
    return part


def _table_missing(parts: Parts) -> str:
    part = table_part(parts, "Lines")
    del parts[part]
    return part


def _shared_text_out_of_range(parts: Parts) -> str:
    put_cell(parts, "Lines", "E5", "<v>7</v>", "s")
    parts["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_STRINGS}"/>'
    replaced(parts, CONTENT_TYPES, "</Types>", f"{override}</Types>")
    link = f'<Relationship Id="rId99" Type="{RELATIONSHIP}/sharedStrings" '
    replaced(
        parts,
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        f'{link}Target="sharedStrings.xml"/></Relationships>',
    )
    return "E5"


def _number_that_is_none(parts: Parts) -> str:
    put_number(parts, "Lines", "T5", "12,5")
    return "T5"


def _cell_at_no_address(parts: Parts) -> str:
    part = sheet_part(parts, "Lines")
    replaced(parts, part, 'r="T5"', 'r="5T"')
    return part


def _two_sheets_of_one_name(parts: Parts) -> str:
    replaced(parts, "xl/workbook.xml", 'name="Glossary"', 'name="LINES"')
    return "two sheets are called"


@pytest.mark.parametrize(
    "spoil",
    [
        _sheet_cut_short,
        _sheet_of_another_kind,
        _sheet_missing,
        _table_without_range,
        _table_outside_the_sheet,
        _table_of_other_width,
        _table_missing,
        _shared_text_out_of_range,
        _number_that_is_none,
        _cell_at_no_address,
        _two_sheets_of_one_name,
    ],
)
def test_a_part_that_makes_no_sense_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, spoil: Callable[[Parts], str]
) -> None:
    parts = shown_parts()
    named = spoil(parts)
    path = write_workbook(tmp_path, parts)
    for command in COMMANDS:
        assert_left_alone(capsys, command, path, named)


def _damaged(seed: int) -> Parts:
    """Spoil one value, text or element of one part, and change an amount besides."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    parts = shown_parts()
    put_number(parts, "Lines", "T5", "500001")
    name = chance.choice(sorted(parts))
    text = parts[name].decode()
    pattern = chance.choice((r'="([^"]*)"', r">([^<>]+)<", r"<([A-Za-z:]+ [^<>]*/)>"))
    found = list(re.finditer(pattern, text))
    if found:
        place = chance.choice(found)
        odd = chance.choice(ODD_VALUES) if "/" not in pattern else "c/"
        text = text[: place.start(1)] + odd + text[place.end(1) :]
    parts[name] = text.encode()
    return parts


@pytest.mark.parametrize("seed", range(DAMAGED))
def test_a_spoilt_value_is_refused_or_leaves_a_workbook_that_settles(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, seed: int
) -> None:
    parts = _damaged(seed)
    path = write_workbook(tmp_path, parts)
    ran = read_with(capsys, "refresh", path)
    if ran.code == 2:
        assert_refused(ran, path.name)
        assert path.read_bytes() == packed(parts)
        return
    assert ran.err == ""
    settled = path.read_bytes()
    again = read_with(capsys, "refresh", path)
    assert again.code == ran.code
    assert path.read_bytes() == settled
