"""A table that grows: what is the team's moves nowhere, or the sheet is refused by name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from cli.terminal import run
from loss.rich import rich_parts
from loss.surgery import (
    Parts,
    packed,
    parts_of,
    put_number,
    put_text,
    replaced,
    sheet_part,
    shown_parts,
    table_part,
    tag,
    write_workbook,
)

NEW_SECTION = "Road Safety"
BELOW_SECTIONS = "C13"


def _with_new_section(parts: Parts) -> Parts:
    """Put the first line into a section that `Sections` does not have."""
    put_text(parts, "Lines", "D5", NEW_SECTION)
    return parts


def test_rules_reach_down_with_the_table_and_nothing_else_changes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = _with_new_section(rich_parts())
    part = sheet_part(parts, "Sections")
    rule = (
        '<conditionalFormatting sqref="D5:D12"><cfRule type="top10" priority="10" rank="3"/>'
        '</conditionalFormatting><dataValidations count="1"><dataValidation type="decimal" '
        'sqref="A5:A12"><formula1>0</formula1><formula2>99</formula2></dataValidation>'
        "</dataValidations><hyperlinks>"
    )
    replaced(parts, part, "<hyperlinks>", rule)
    path = write_workbook(tmp_path, parts)
    ran = run(capsys, "refresh", path, "--json")
    assert ran.code == 0
    after = parts_of(path.read_bytes())
    before_root, after_root = etree.fromstring(parts[part]), etree.fromstring(after[part])
    ranges = [rule.get("sqref") for rule in after_root.iter(tag("conditionalFormatting"))]
    assert ranges == ["A1:AB3 AA1:AA90", "D5:D13"]
    assert [rule.get("sqref") for rule in after_root.iter(tag("dataValidation"))] == ["A5:A13"]
    assert b'ref="A4:D13"' in after[table_part(after, "Sections")]
    for root in (before_root, after_root):
        for child in list(root):
            if child.tag in {tag("sheetData"), tag("dimension")}:
                root.remove(child)
        for rule_element in root.iter(tag("conditionalFormatting"), tag("dataValidation")):
            rule_element.attrib.pop("sqref")
    assert etree.tostring(before_root, method="c14n") == etree.tostring(after_root, method="c14n")


def _a_cell(parts: Parts) -> None:
    put_text(parts, "Sections", BELOW_SECTIONS, "our own note")


def _a_merge(parts: Parts) -> None:
    merge = '<mergeCells count="1"><mergeCell ref="C13:D13"/></mergeCells><pageMargins'
    replaced(parts, sheet_part(parts, "Sections"), "<pageMargins", merge)


@pytest.mark.parametrize("place", [_a_cell, _a_merge])
def test_what_stands_below_a_table_that_must_grow_stops_everything(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, place: Callable[[Parts], None]
) -> None:
    parts = _with_new_section(shown_parts())
    place(parts)
    path = write_workbook(tmp_path, parts)
    ran = run(capsys, "refresh", path, "--json")
    assert ran.code == 1
    (finding,) = (each for each in ran.json["findings"] if each["severity"] == "error")
    assert finding["rule"] == "generated-sheet-blocked"
    assert finding["sheet"] == "Sections"
    assert finding["cell"].startswith(BELOW_SECTIONS)
    assert ran.json["changes"] == []
    assert path.read_bytes() == packed(parts)
    assert "nothing was written" in run(capsys, "refresh", path).out


@pytest.mark.parametrize("reference", ["C13", "A13", "D14"])
def test_a_note_below_a_table_that_must_grow_stops_everything(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, reference: str
) -> None:
    parts = _with_new_section(rich_parts())
    put_text(parts, "Lines", "D6", "Water Safety")
    parts["xl/comments92.xml"] = parts["xl/comments92.xml"].replace(
        b'ref="B2"', f'ref="{reference}"'.encode()
    )
    path = write_workbook(tmp_path, parts)
    ran = run(capsys, "refresh", path, "--json")
    assert (ran.code, ran.cells("generated-sheet-blocked")) == (1, [reference])
    assert path.read_bytes() == packed(parts)


def test_a_sheet_of_the_team_s_with_an_appendix_s_name_is_never_overwritten(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    part = table_part(parts, "T_2024_25_grants")
    replaced(parts, part, 'displayName="T_2024_25_grants"', 'displayName="Our_grants"')
    parts[part] = parts[part].replace(b'name="T_2024_25_grants"', b'name="Our_grants"')
    path = write_workbook(tmp_path, parts)
    ran = run(capsys, "refresh", path, "--json")
    errors = [each for each in ran.json["findings"] if each["severity"] == "error"]
    assert ran.code == 1
    assert [(each["rule"], each["sheet"]) for each in errors] == [("sheet-name-taken", "Grants")]
    assert path.read_bytes() == packed(parts)


def test_a_total_row_that_a_team_switched_on_is_not_written_over(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = _with_new_section(shown_parts())
    table = table_part(parts, "Sections")
    old, new = 'ref="A4:D12" headerRowCount="1"', 'ref="A4:D13" headerRowCount="1"'
    replaced(parts, table, old, f'{new} totalsRowCount="1"')
    total = (
        '<row r="13"><c r="A13" t="inlineStr"><is><t>Total</t></is></c>'
        '<c r="D13"><f>SUBTOTAL(109,Sections[2024/25 Budget])</f><v>6674237</v></c></row>'
        "</sheetData>"
    )
    replaced(parts, sheet_part(parts, "Sections"), "</sheetData>", total)
    path = write_workbook(tmp_path, parts)
    ran = run(capsys, "refresh", path, "--json")
    assert (ran.code, ran.cells("generated-sheet-blocked")) == (1, ["A13:D13"])
    assert "Total Row" in ran.json["findings"][-1]["fix"]
    assert path.read_bytes() == packed(parts)


def test_a_total_row_does_not_stand_in_the_way_of_new_figures(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    put_text(parts, "Lines", "D5", "Prevention")
    table = table_part(parts, "Lines")
    old, new = 'ref="A4:T68" headerRowCount="1"', 'ref="A4:T69" headerRowCount="1"'
    replaced(parts, table, old, f'{new} totalsRowCount="1"')
    total = '<row r="69"><c r="T69"><v>6674237</v></c></row></sheetData>'
    replaced(parts, sheet_part(parts, "Lines"), "</sheetData>", total)
    path = write_workbook(tmp_path, parts)
    ran = run(capsys, "refresh", path, "--json")
    assert ran.code == 0
    assert ran.json["totals"][-1]["amount"] == "6674237.00"
    part = sheet_part(parts, "Lines")
    assert parts_of(path.read_bytes())[part] == parts[part]


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_note_below_the_change_log_stops_everything_in_a_dry_run_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: tuple[str, ...]
) -> None:
    parts = shown_parts()
    put_number(parts, "Lines", "T5", "500001")
    put_text(parts, "Change log", "A6", "seen by the auditor")
    put_text(parts, "Change log", "A7", "and signed off")
    path = write_workbook(tmp_path, parts)
    ran = run(capsys, "refresh", path, "--json", *options)
    assert (ran.code, ran.cells("generated-sheet-blocked")) == (1, ["A6"])
    assert ran.json["changes"] == []
    assert path.read_bytes() == packed(parts)
