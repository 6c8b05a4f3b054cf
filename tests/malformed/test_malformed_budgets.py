"""A budget with something wrong in it: the right cell is named, and no wrong figure is written."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from cli.terminal import Ran, assert_refused, run
from known_findings import further_json
from loss.surgery import (
    CONTENT_TYPES,
    FIRST_AMOUNT,
    RELATIONSHIP,
    Parts,
    packed,
    parts_of,
    put_cell,
    put_number,
    put_text,
    replaced,
    set_style,
    sheet_part,
    shown_parts,
    table_part,
    tag,
    write_workbook,
)
from malformed.commands import read_with

DATE_STYLE = "13"  # of the column Starts
TOTAL = "6674237.00"
WITHOUT_FIRST_LINE = "6174237.00"
CHECKS_AND_COUNTS = {"Checks", "Cover"}


def _refreshed(capsys: pytest.CaptureFixture[str], folder: Path, parts: Parts) -> Ran:
    return read_with(capsys, "refresh", write_workbook(folder, parts), "--json")


def _grand_total(ran: Ran) -> str:
    (total,) = (each["amount"] for each in ran.json["totals"] if each["block"] is None)
    return str(total)


def _finding(ran: Ran, rule: str) -> dict[str, Any]:
    (found,) = (each for each in ran.json["findings"] if each["rule"] == rule)
    assert isinstance(found, dict)
    return found


def _changed_sheets(ran: Ran) -> set[str]:
    return {change["sheet"] for change in ran.json["changes"]}


def _error(parts: Parts) -> None:
    put_cell(parts, "Lines", FIRST_AMOUNT, "<v>#REF!</v>", "e")


def _date(parts: Parts) -> None:
    put_number(parts, "Lines", FIRST_AMOUNT, "45383")
    set_style(parts, "Lines", FIRST_AMOUNT, DATE_STYLE)


def _fraction(parts: Parts) -> None:
    put_number(parts, "Lines", FIRST_AMOUNT, "1000.005")


def _large(parts: Parts) -> None:
    put_number(parts, "Lines", FIRST_AMOUNT, "1E+300")


def _date_in_words(parts: Parts) -> None:
    put_cell(parts, "Lines", FIRST_AMOUNT, "<v>2024-01-01</v>", kind="d")


def _not_calculated(parts: Parts) -> None:
    put_cell(parts, "Lines", FIRST_AMOUNT, "<f>SUM(B5:B68)</f>")


@pytest.mark.parametrize(
    ("spoil", "rule", "found"),
    [
        pytest.param(_error, "line-amount-error", "#REF!", id="error"),
        pytest.param(_date, "line-amount-date", "2024-04-01", id="date"),
        pytest.param(_date_in_words, "line-amount-date", "2024-01-01", id="date in words"),
        pytest.param(_fraction, "line-amount-fraction", "1000.005", id="fraction"),
        pytest.param(_large, "line-amount-large", None, id="large"),
        pytest.param(
            _not_calculated, "line-amount-not-calculated", "=SUM(B5:B68)", id="not calculated"
        ),
    ],
)
def test_an_amount_that_cannot_be_read_keeps_every_figure_as_it_was(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, spoil: Any, rule: str, found: str | None
) -> None:
    parts = shown_parts()
    spoil(parts)
    ran = _refreshed(capsys, tmp_path, parts)
    assert (ran.code, ran.err) == (1, "")
    finding = _finding(ran, rule)
    assert (finding["sheet"], finding["cell"]) == ("Lines", FIRST_AMOUNT)
    assert found is None or finding["found"] == found
    assert _grand_total(ran) == WITHOUT_FIRST_LINE
    assert _changed_sheets(ran) == CHECKS_AND_COUNTS
    after = parts_of((tmp_path / "budget.xlsx").read_bytes())
    for sheet in ("Lines", "Sections", "Summary", "Table 1", "Grants"):
        part = sheet_part(parts, sheet)
        assert after[part] == parts[part]
    published = read_with(capsys, "appendix", tmp_path / "budget.xlsx", "--json")
    assert (published.code, published.json["files"]) == (1, [])


def test_a_figure_that_was_held_back_is_not_called_up_to_date(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    _error(parts)
    path = write_workbook(tmp_path, parts)
    for _ in range(2):
        ran = read_with(capsys, "refresh", path)
        assert "all other figures were left as they were" in ran.out


@pytest.mark.parametrize(
    ("text", "meant"), [("£500,000", "500000.00"), ("TBC", None), ("(500)", "-500.00")]
)
def test_a_text_amount_counts_in_no_total_and_is_not_published(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, meant: str | None
) -> None:
    parts = shown_parts()
    put_text(parts, "Lines", FIRST_AMOUNT, text)
    ran = _refreshed(capsys, tmp_path, parts)
    finding = _finding(ran, "line-amount-text")
    assert ran.code == 1
    assert (finding["cell"], finding["found"], finding["expected"]) == (FIRST_AMOUNT, text, meant)
    assert _grand_total(ran) == WITHOUT_FIRST_LINE
    assert {"Sections", "Summary"} < _changed_sheets(ran)
    published = read_with(capsys, "appendix", tmp_path / "budget.xlsx", "--json")
    assert (published.code, published.json["files"]) == (1, [])


@pytest.mark.parametrize("dash", ["-", "\N{EN DASH}", " "])
def test_a_dash_is_a_blank_amount_and_no_problem(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, dash: str
) -> None:
    parts = shown_parts()
    put_text(parts, "Lines", FIRST_AMOUNT, dash)
    ran = _refreshed(capsys, tmp_path, parts)
    assert (ran.code, further_json(ran.json["findings"])) == (0, [])
    assert _grand_total(ran) == WITHOUT_FIRST_LINE


def test_a_line_id_that_stands_twice_is_found_at_its_second_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    put_text(parts, "Lines", "A6", "C24-01")
    ran = _refreshed(capsys, tmp_path, parts)
    assert (ran.code, ran.cells("line-id-duplicate")) == (1, ["A6"])
    assert _grand_total(ran) == TOTAL


def test_two_tables_of_one_name_in_different_case_stop_everything(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    old, new = 'name="Glossary" displayName="Glossary"', 'name="LINES" displayName="LINES"'
    replaced(parts, table_part(parts, "Glossary"), old, new)
    ran = _refreshed(capsys, tmp_path, parts)
    assert ran.code == 1
    assert ran.cells("table-duplicate") == ["A4:C5"]
    assert _finding(ran, "table-missing")["expected"] == "Glossary"
    assert ran.json["changes"] == []
    assert (tmp_path / "budget.xlsx").read_bytes() == packed(parts)


def test_a_circular_formula_is_found(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    parts = shown_parts()
    put_cell(parts, "Lines", FIRST_AMOUNT, "<f>SUM(T5:T68)</f><v>0</v>")
    assert _refreshed(capsys, tmp_path, parts).code == 1


def test_a_table_without_lines_gives_noughts_and_a_warning(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    _empty_lines(parts)
    ran = _refreshed(capsys, tmp_path, parts)
    assert (ran.code, ran.cells("no-lines")) == (0, ["A4:T5"])
    assert _grand_total(ran) == "0.00"
    settled = (tmp_path / "budget.xlsx").read_bytes()
    assert read_with(capsys, "refresh", tmp_path / "budget.xlsx", "--json").json["changes"] == []
    assert (tmp_path / "budget.xlsx").read_bytes() == settled


def _empty_lines(parts: Parts) -> None:
    """Leave one empty row in the table Lines, as Excel does when all rows are deleted."""
    part = table_part(parts, "Lines")
    parts[part] = parts[part].replace(b'ref="A4:T68"', b'ref="A4:T5"')
    sheet = sheet_part(parts, "Lines")
    root = etree.fromstring(parts[sheet])
    for row in root.iterfind(f"{tag('sheetData')}/{tag('row')}"):
        if int(row.get("r", "0")) > 4:
            for cell in list(row):
                row.remove(cell)
    parts[sheet] = etree.tostring(root)


@pytest.mark.parametrize(
    ("header", "kind"), [("45383", "number"), ("01/04/2024", "text"), ("2024-25 Budget", "text")]
)
def test_an_amount_column_with_another_header_is_named_and_never_a_traceback(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, header: str, kind: str
) -> None:
    parts = shown_parts()
    put = put_number if kind == "number" else put_text
    put(parts, "Lines", "T4", header)
    part = table_part(parts, "Lines")
    replaced(parts, part, 'name="2024/25 Budget"', f'name="{header}"')
    ran = _refreshed(capsys, tmp_path, parts)
    assert (ran.code, ran.err) == (1, "")
    finding = _finding(ran, "amount-column-unread")
    assert (finding["sheet"], finding["cell"], finding["found"]) == ("Lines", "T4", header)
    assert ran.cells("section-column-unknown") == ["D4"]
    published = read_with(capsys, "appendix", tmp_path / "budget.xlsx", "--json")
    assert (published.code, published.json["files"]) == (1, [])


def test_a_renamed_amount_column_writes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    put_text(parts, "Lines", "T4", "2024-25 Budget")
    replaced(parts, table_part(parts, "Lines"), 'name="2024/25 Budget"', 'name="2024-25 Budget"')
    assert _refreshed(capsys, tmp_path, parts).json["changes"] == []


def test_a_renamed_column_is_named_with_what_it_should_be_called(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    put_text(parts, "Lines", "G4", "Providers")
    replaced(parts, table_part(parts, "Lines"), 'name="Provider"', 'name="Providers"')
    ran = _refreshed(capsys, tmp_path, parts)
    finding = _finding(ran, "column-missing")
    assert (ran.code, finding["cell"]) == (1, "G4")
    assert (finding["expected"], finding["found"]) == ("Provider", "Providers")
    assert (tmp_path / "budget.xlsx").read_bytes() == packed(parts)


@pytest.mark.parametrize("name", ["Victim*", "Victim?Services", "~Victim", "&gt;Victim"])
def test_a_section_named_with_a_search_pattern_holds_the_figures_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    parts = shown_parts()
    put_text(parts, "Lines", "D5", name)
    ran = _refreshed(capsys, tmp_path, parts)
    assert (ran.code, ran.cells("section-name-pattern")) == (1, ["D5"])
    assert _grand_total(ran) == TOTAL
    assert _changed_sheets(ran) == CHECKS_AND_COUNTS


def test_a_chain_of_shared_amounts_is_found_at_its_start(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    put_text(parts, "Lines", "R5", "C24-02")
    put_text(parts, "Lines", "R6", "C24-03")
    ran = _refreshed(capsys, tmp_path, parts)
    assert (ran.code, ran.cells("line-shared-chain")) == (1, ["R5"])


def test_a_line_that_shares_with_itself_is_found(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    put_text(parts, "Lines", "R5", "C24-01")
    ran = _refreshed(capsys, tmp_path, parts)
    assert (ran.code, ran.cells("line-shared-chain")) == (1, ["R5"])


def test_a_signed_workbook_may_be_read_but_not_changed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    parts["_xmlsignatures/origin.sigs"] = b""
    put_number(parts, "Lines", FIRST_AMOUNT, "500001")
    path = write_workbook(tmp_path, parts)
    assert_refused(run(capsys, "refresh", path), "digital signature")
    assert path.read_bytes() == packed(parts)
    assert list(tmp_path.iterdir()) == [path]
    assert read_with(capsys, "appendix", path).code == 0


def test_an_external_link_comes_through_a_refresh(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    _link_elsewhere(parts)
    ran = _refreshed(capsys, tmp_path, parts)
    after = parts_of((tmp_path / "budget.xlsx").read_bytes())
    assert (ran.code, _grand_total(ran)) == (0, "6674238.00")
    for part in parts:
        if "externalLink" in part:
            assert after[part] == parts[part]
    assert b'<externalReference r:id="rId98"' in after["xl/workbook.xml"]
    assert b"<f>[1]Data!A1+1</f><v>500001</v>" in after[sheet_part(parts, "Lines")]


def _link_elsewhere(parts: Parts) -> None:
    """Let the first amount come from another workbook (ECMA-376 part 1, 18.14)."""
    part = "xl/externalLinks/externalLink1.xml"
    parts[part] = (
        '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        f' xmlns:r="{RELATIONSHIP}"><externalBook r:id="rId1"><sheetNames>'
        '<sheetName val="Data"/></sheetNames></externalBook></externalLink>'
    ).encode()
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONSHIP}/externalLinkPath" '
        'Target="file:///S:/Finance/other.xlsx" TargetMode="External"/></Relationships>'
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    override = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    replaced(parts, CONTENT_TYPES, "</Types>", override)
    link = f'<Relationship Id="rId98" Type="{RELATIONSHIP}/externalLink" '
    replaced(
        parts,
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        f'{link}Target="externalLinks/externalLink1.xml"/></Relationships>',
    )
    replaced(
        parts,
        "xl/workbook.xml",
        "<definedNames>",
        f'<externalReferences><externalReference r:id="rId98" xmlns:r="{RELATIONSHIP}"/>'
        "</externalReferences><definedNames>",
    )
    put_cell(parts, "Lines", FIRST_AMOUNT, "<f>[1]Data!A1+1</f><v>500001</v>")


EMPTY_ROWS = 200_000


def test_many_formatted_empty_rows_take_seconds_and_change_no_figure(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parts = shown_parts()
    put_number(parts, "Lines", FIRST_AMOUNT, "500001")
    rows = "".join(
        f'<row r="{row}" s="4" customFormat="1"><c r="A{row}" s="4"/><c r="B{row}" s="4"/></row>'
        for row in range(69, 69 + EMPTY_ROWS)
    )
    replaced(parts, sheet_part(parts, "Lines"), "</sheetData>", f"{rows}</sheetData>")
    started = time.monotonic()
    ran = _refreshed(capsys, tmp_path, parts)
    assert time.monotonic() - started < 60
    assert (ran.code, _grand_total(ran)) == (0, "6674238.00")
    after = parts_of((tmp_path / "budget.xlsx").read_bytes())
    assert after[sheet_part(parts, "Lines")] == parts[sheet_part(parts, "Lines")]
    assert further_json(json.loads(ran.out)["findings"]) == []
