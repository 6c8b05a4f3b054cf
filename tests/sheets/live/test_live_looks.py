"""Looks are read from Excel's XML Spreadsheet as LibreOffice, which reads it too, shows them."""

import re
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from office import soffice
from xlframework.ground.place import Area
from xlframework.sheets.live.looks import Numbering, SheetLooks, read_looks

# After Microsoft's XML Spreadsheet Reference, with all that lets cells, rows and columns be
# left out, and styles that build on others.
XML = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal"><Alignment ss:Vertical="Bottom"/><Borders/>
   <Font ss:FontName="Calibri" ss:Size="11" ss:Color="#000000"/><Interior/><NumberFormat/>
   <Protection/></Style>
  <Style ss:ID="s16" ss:Name="Heading 1"><Font ss:FontName="Calibri" ss:Size="15" ss:Bold="1"/>
  </Style>
  <Style ss:ID="s62"><Font ss:FontName="Calibri" ss:Size="11" ss:Bold="1"/></Style>
  <Style ss:ID="s63"><NumberFormat ss:Format="Short Date"/></Style>
  <Style ss:ID="s64"><NumberFormat ss:Format="Standard"/></Style>
  <Style ss:ID="s65" ss:Parent="s16"><Interior ss:Color="#FFC000" ss:Pattern="Solid"/></Style>
  <Style ss:ID="s66"><Borders><Border ss:Position="Bottom" ss:LineStyle="Continuous"
   ss:Weight="1"/></Borders></Style>
  <Style ss:ID="s67"><NumberFormat ss:Format="d\\ mmmm\\ yyyy"/></Style>
  <Style ss:ID="s68"><Font ss:FontName="Calibri" ss:Size="11" ss:Bold="1"/></Style>
 </Styles>
 <Worksheet ss:Name="Sheet1">
  <Table ss:ExpandedColumnCount="8" ss:ExpandedRowCount="12">
   <Column ss:Index="7" ss:StyleID="s66" ss:Span="1"/>
   <Row>
    <Cell ss:StyleID="s62"><Data ss:Type="String">bold</Data></Cell>
    <Cell ss:Index="3" ss:StyleID="s63"><Data ss:Type="Number">45383</Data></Cell>
    <Cell ss:StyleID="s64"><Data ss:Type="Number">1234.5</Data></Cell>
   </Row>
   <Row ss:Index="3" ss:AutoFitHeight="0" ss:Height="30" ss:Hidden="1">
    <Cell ss:MergeAcross="1" ss:MergeDown="1" ss:StyleID="s65"><Data ss:Type="String">merged
     </Data></Cell>
    <Cell ss:StyleID="s67"><Data ss:Type="Number">45383</Data></Cell>
   </Row>
   <Row ss:Index="6" ss:StyleID="s62" ss:Span="1"><Cell ss:Index="2" ss:StyleID="s66">
    <Data ss:Type="Number">1</Data></Cell></Row>
   <Row ss:Index="8">
    <Cell ss:StyleID="s16"><Data ss:Type="String">heading</Data></Cell>
    <Cell><Data ss:Type="Number">7</Data><Comment><Data>noted</Data></Comment></Cell>
    <Cell ss:StyleID="s68"><Data ss:Type="String">bold too</Data></Cell>
   </Row>
  </Table>
 </Worksheet>
</Workbook>
"""

# LibreOffice counts rows that are left out, or stand for several, otherwise than Excel does.
PLAIN_XML = (
    re.sub(r"<Column[^>]*/>", "", XML)
    .replace('<Row ss:Index="3"', "<Row/><Row")
    .replace('<Row ss:Index="6" ss:StyleID="s62" ss:Span="1"', "<Row/><Row/><Row")
    .replace('<Row ss:Index="8"', "<Row/><Row")
)

# The cells that the XML names.
_NAMED = [(1, 1), (1, 3), (1, 4), (3, 1), (3, 3), (6, 2), (8, 1), (8, 2), (8, 3)]


def _looks(numbering: Numbering | None = None, xml: str = XML) -> SheetLooks:
    found = read_looks(xml, numbering or Numbering())
    assert found is not None
    return found


def test_cells_that_look_the_same_have_the_same_number() -> None:
    looks = _looks()
    assert looks.style(1, 1) == looks.style(8, 3)
    assert looks.style(8, 2) == looks.style(2, 2) == 0
    assert len({looks.style(*cell) for cell in _NAMED}) == 8


def test_numbers_stay_from_one_text_to_the_next_whatever_the_ids() -> None:
    numbering = Numbering()
    first = _looks(numbering)
    other = read_looks(XML.replace('"s62"', '"s99"').replace('"s63"', '"s21"'), numbering)
    assert other is not None
    assert [first.style(*cell) for cell in _NAMED] == [other.style(*cell) for cell in _NAMED]


def test_rows_and_columns_lend_their_look_to_cells_without_one() -> None:
    looks = _looks()
    bold, ruled = looks.style(1, 1), looks.style(6, 2)
    assert looks.style(6, 1) == looks.style(7, 2) == looks.style(7, 8) == bold
    assert looks.style(12, 7) == looks.style(12, 8) == ruled
    assert looks.style(12, 6) == 0


def test_merged_cells_comments_and_chosen_heights_are_told() -> None:
    looks = _looks()
    assert looks.merged == (Area(3, 1, 4, 2),)
    assert looks.comments == (Area(8, 2, 8, 2),)
    assert looks.fixed_heights == looks.hidden_rows == {3}


def test_dates_are_told_by_their_formats_named_or_spelt() -> None:
    numbering = Numbering()
    looks = _looks(numbering)
    assert numbering.dates() == {looks.style(1, 3), looks.style(3, 3)}
    assert numbering.formats[looks.style(3, 3)] == "d\\ mmmm\\ yyyy"


@pytest.mark.parametrize("text", ["", "no XML", "<Workbook/>", XML.replace('"7"', '"seven"')])
def test_what_cannot_be_read_is_no_look(text: str) -> None:
    assert read_looks(text, Numbering()) is None


def test_libreoffice_sees_the_same_cells_look_alike(tmp_path: Path) -> None:
    source = tmp_path / "looks.xml"
    source.write_text(PLAIN_XML, encoding="utf-8")
    subprocess.run(
        [
            soffice(),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--infilter=MS Excel 2003 XML",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path),
            str(source),
        ],
        capture_output=True,
        timeout=120,
        check=True,
    )
    sheet = openpyxl.load_workbook(tmp_path / "looks.xlsx").worksheets[0]
    looks = _looks(xml=PLAIN_XML)
    seen: defaultdict[object, set[int]] = defaultdict(set)
    for row in range(1, 9):
        for column in range(1, 5):
            if (row, column) not in {(3, 2), (4, 1), (4, 2)}:  # the rest of the merged cell
                seen[_look(sheet.cell(row, column))].add(looks.style(row, column))
    assert all(len(numbers) == 1 for numbers in seen.values()), dict(seen)
    assert len(seen) == len({number for numbers in seen.values() for number in numbers})
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A3:B4"]


def _look(cell: Any) -> object:
    bottom = cell.border.bottom
    return (
        bool(cell.font.b),
        cell.font.sz,
        cell.fill.fill_type,
        cell.number_format,
        bottom.style if bottom is not None else None,
    )
