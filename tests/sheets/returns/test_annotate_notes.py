"""The parts that hold our notes are as Excel wants them, whatever the return holds already."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from lxml import etree

from loss.rich import rich_parts
from loss.surgery import packed, sheet_part
from returns_forms import BLABY, PART, PLAN, at, package_of, plan
from sheets.returns.marking import RED, finding, marked, opened
from xlframework.sheets.package.container import read_package
from xlframework.sheets.package.parts import content_type, relationships
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Package

Q1 = at(PLAN, BLABY, "Q1")
CELLS = ("B2", "C7", "XFD3", "A1048576")


def by_xlsxwriter(path: Path) -> Package:
    """Write the same notes with a library that is known to write them as Excel does."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Return")
    for cell in CELLS:
        sheet.write_comment(cell, "words", {"author": "somebody"})
    book.close()
    return read_package(path.read_bytes(), path.name)


def bare(path: Path) -> bytes:
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Return").write("A1", "words")
    book.close()
    return path.read_bytes()


def shape_of(root: etree._Element) -> object:
    """Give the tags and attribute names of a tree, without texts and values."""
    children = [shape_of(child) for child in root.iterchildren("*")]
    return (root.tag, sorted(root.attrib), children)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Package, Package]:
    """Give our notes and theirs, on the same cells of the same workbook."""
    ours = marked(bare(tmp_path / "bare.xlsx"), *(finding(cell) for cell in CELLS))
    return ours, by_xlsxwriter(tmp_path / "theirs.xlsx")


def test_the_sheet_leads_to_the_same_parts_as_xlsxwriter_makes_it(
    pair: tuple[Package, Package],
) -> None:
    kinds = [
        {
            (link.kind, content_type(package, link.target))
            for link in relationships(package, PART)
            if link.kind in {"comments", "vmlDrawing"}
        }
        for package in pair
    ]
    assert kinds[0] == kinds[1]
    assert len(kinds[0]) == 2


def test_the_drawing_has_the_structure_that_xlsxwriter_gives_it(
    pair: tuple[Package, Package],
) -> None:
    drawings = [
        etree.fromstring(part)
        for package in pair
        for name, part in package.parts.items()
        if name.endswith(".vml")
    ]
    assert len(drawings) == 2
    assert shape_of(drawings[0]) == shape_of(drawings[1])


def test_the_comments_have_the_structure_that_xlsxwriter_gives_them(
    pair: tuple[Package, Package],
) -> None:
    ours, theirs = (
        {
            (str(each.tag), *sorted(map(str, each.attrib)))
            for name, part in package.parts.items()
            if "comments" in name and name.endswith(".xml")
            for each in etree.fromstring(part).iter("*")
        }
        for package in pair
    )
    # Ours has bold words and says that its spaces count.
    extra = {tag for tag in ours - theirs if not tag[0].endswith(("}b", "}t"))}
    assert extra == set()
    assert theirs - ours <= {tag for tag in theirs if tag[0].endswith("}t")}


def test_the_drawing_stands_where_the_schema_wants_it() -> None:
    root = etree.fromstring(marked(plan(), finding(Q1)).parts[PART])
    names = [etree.QName(child).localname for child in root]
    assert names.index("headerFooter") < names.index("legacyDrawing") < names.index("tableParts")


def test_boxes_stay_on_the_sheet(pair: tuple[Package, Package]) -> None:
    (drawing,) = (part for name, part in pair[0].parts.items() if name.endswith(".vml"))
    for anchor in re.findall(r"<x:Anchor>([^<]*)</x:Anchor>", drawing.decode()):
        left, _, top, _, right, _, bottom, _ = (int(number) for number in anchor.split(","))
        assert 0 <= left <= right < 16_384
        assert 0 <= top <= bottom


@pytest.mark.filterwarnings("ignore:.*not supported:UserWarning")
def test_a_workbook_with_notes_conversations_and_drawings_keeps_them() -> None:
    """Mark the workbook in which there is everything that a team may have added."""
    parts = rich_parts()
    data = packed(parts)
    before = openpyxl.load_workbook(io.BytesIO(data))
    book = read_book(read_package(data, "rich.xlsx"))
    names = [sheet.name for sheet in book.sheets if sheet.visibility == "visible"]
    findings = [finding("F6:F8,A1", sheet=name) for name in names]
    copy = marked(data, *findings)
    after = opened(copy)
    for name in names:
        held = {
            c.coordinate: c.comment.text for r in before[name].iter_rows() for c in r if c.comment
        }
        now = {
            c.coordinate: c.comment.text for r in after[name].iter_rows() for c in r if c.comment
        }
        assert all(now[cell].startswith(text) for cell, text in held.items())
        assert after[name]["F7"].fill.fgColor.rgb == RED
    untouched = ("threadedComments", "persons", "charts", "ctrlProps", "media", "customXml")
    for name, part in parts.items():
        if any(f"/{each}/" in f"/{name}" for each in untouched):
            assert copy.parts[name] == part, name


@pytest.mark.filterwarnings("ignore:.*not supported:UserWarning")
def test_a_conversation_is_left_alone() -> None:
    parts = rich_parts()
    package = read_package(packed(parts), "rich.xlsx")
    talked = {
        sheet.name: part
        for sheet in read_book(package).sheets
        for part in (
            link.target
            for link in relationships(package, sheet.part)
            if link.kind == "threadedComment"
        )
    }
    assert talked, "the workbook has a conversation"
    (name, part), *_ = talked.items()
    cells = re.findall(rb'<threadedComment[^>]* ref="([A-Z]+[0-9]+)"', package.parts[part])
    cell = cells[0].decode()
    before = openpyxl.load_workbook(io.BytesIO(packed(parts)))[name][cell].comment.text
    sheet = opened(marked(packed(parts), finding(cell, sheet=name)))[name]
    assert sheet[cell].comment.text == before
    assert sheet[cell].fill.fgColor.rgb == RED


def test_a_drawing_that_cannot_be_read_keeps_its_bytes() -> None:
    parts = rich_parts()
    links = relationships(read_package(packed(parts), "rich.xlsx"), sheet_part(parts, "Lines"))
    (drawing,) = (link.target for link in links if link.kind == "vmlDrawing")
    parts[drawing] = b"\xff\xfe no drawing at all"
    copy = marked(packed(parts), finding("F6", sheet="Lines"))
    assert copy.parts[drawing] == parts[drawing]
    assert read_book(copy).sheet("Findings") is not None


def test_a_workbook_without_styles_is_coloured_all_the_same(tmp_path: Path) -> None:
    package = package_of(bare(tmp_path / "bare.xlsx"))
    parts = dict(package.parts)
    del parts["xl/styles.xml"]
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        parts[name] = re.sub(rb"<\w+ [^<>]*styles.xml[^<>]*/>", b"", parts[name])
    book = opened(marked(packed(parts), finding("A1")))
    assert book["Return"]["A1"].fill.fgColor.rgb == RED


def test_hundreds_of_notes_keep_numbers_of_their_own() -> None:
    copy = marked(plan(), finding("A100:J700"))
    (drawing,) = (part for name, part in copy.parts.items() if name.endswith(".vml"))
    numbers = re.findall(rb'id="_x0000_s([0-9]+)"', drawing)
    assert len(numbers) == len(set(numbers)) == 500
