"""A marked copy shows every finding at its cell, and is otherwise the return that was sent."""

import io
from copy import copy
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment

from office import resave
from returns_forms import BLABY, PART, PLAN, at, by_library, monitoring, package_of, plan
from sheets.returns.marking import RED, YELLOW, finding, marked, opened
from xlframework.ground.errors import UnsafeFileError
from xlframework.sheets.package.container import package_bytes
from xlframework.sheets.package.parts import sheet_entries
from xlframework.sheets.package.read import read_book

Q1, TOTAL, LAST = at(PLAN, BLABY, "Q1"), at(PLAN, BLABY, "Total"), at(PLAN, BLABY, "Q1", 3)

# What a mark touches; every other part keeps its bytes.
TOUCHED = {
    "[Content_Types].xml",
    PART,
    "xl/worksheets/_rels/sheet1.xml.rels",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
}


def test_a_cell_is_coloured_by_the_worst_finding_and_its_note_says_all() -> None:
    book = opened(
        marked(
            plan(),
            finding(Q1, "warning", "it looks low", fix="Tell us why."),
            finding(Q1, message="that is no amount", expected="5000.00", found="5k"),
            finding(TOTAL, "warning"),
            finding(LAST, "info"),
        )
    )
    sheet = book["Return"]
    assert sheet[Q1].fill.fgColor.rgb == RED
    assert sheet[TOTAL].fill.fgColor.rgb == YELLOW
    assert sheet[LAST].fill.fgColor.rgb not in {RED, YELLOW}
    text = sheet[Q1].comment.text
    assert text == (
        "Please put right\nThat is no amount.\nExpected: £5,000\nFound: 5k\n"
        "Type a plain number.\n\nPlease check\nIt looks low.\nTell us why."
    )
    assert sheet[LAST].comment.text.startswith("For information\n")
    assert sum(cell.comment is not None for row in sheet.iter_rows() for cell in row) == 3


def test_every_cell_of_a_range_is_marked() -> None:
    book = opened(marked(plan(), finding("E13:F14,K15")))
    sheet = book["Return"]
    cells = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == RED
    }
    assert cells == {"E13", "F13", "E14", "F14", "K15"}
    assert all(sheet[cell].comment is not None for cell in cells)


def test_only_the_ground_of_a_cell_changes() -> None:
    before = openpyxl.load_workbook(io.BytesIO(plan()))["Return"][Q1]
    after = opened(marked(plan(), finding(Q1)))["Return"][Q1]
    assert copy(after.fill) != copy(before.fill)
    assert (after.value, after.number_format) == (before.value, before.number_format)
    for look in ("font", "border", "alignment", "protection"):
        assert copy(getattr(after, look)) == copy(getattr(before, look)), look


@pytest.mark.parametrize("data", [plan(), monitoring()], ids=["plan", "monitoring"])
def test_everything_else_is_as_it_was_sent(data: bytes) -> None:
    package, marks = package_of(data), marked(data, finding(Q1), finding("A1:C3", "warning"))
    changed = {name for name, part in package.parts.items() if marks.parts[name] != part}
    assert changed <= TOUCHED
    before, after = read_book(package), read_book(marks)
    assert [sheet.name for sheet in after.sheets] == [*(s.name for s in before.sheets), "Findings"]
    assert after.names[: len(before.names)] == before.names
    assert after.tables[: len(before.tables)] == before.tables
    for old, new in zip(before.sheets, after.sheets, strict=False):
        assert old.validations == new.validations
        assert old.visibility == new.visibility
        for position, cell in old.cells.items():
            assert new.cell(*position)._replace(style=0) == cell._replace(style=0)


def test_protection_stays() -> None:
    book = opened(marked(plan(), finding(Q1)))
    assert book["Return"].protection.sheet
    assert book.security.lockStructure
    assert not book["Return"][Q1].protection.locked


def test_an_empty_cell_and_one_that_was_never_stored_can_be_marked() -> None:
    book = opened(marked(plan(), finding("A60"), finding("Q200", "warning")))
    assert book["Return"]["A60"].fill.fgColor.rgb == RED
    assert book["Return"]["Q200"].comment is not None


def test_of_merged_cells_the_first_is_marked() -> None:
    data = by_library(plan(), lambda book: book["Return"].merge_cells("E13:F13"))
    sheet = opened(marked(data, finding("F13")))["Return"]
    assert sheet["E13"].fill.fgColor.rgb == RED
    assert sheet["E13"].comment is not None


def test_the_sheet_of_findings_lists_all_of_them_with_links() -> None:
    findings = (
        finding(None, "info", "it was not compared", sheet=None),
        finding(f"{Q1},{LAST}", message="2 amounts are words", expected="1.00", found="=1+1"),
        finding("B2", "warning", sheet="Guidance"),
        finding("B2", "warning", sheet="Lists"),
    )
    book = opened(marked(plan(), *findings))
    sheet = book["Findings"]
    rows = list(sheet.iter_rows(min_row=6, values_only=True))
    assert [row[0] for row in rows] == [
        "Please put right",
        "Please check",
        "Please check",
        "For information",
    ]
    assert rows[0][1:5] == (f"Return {Q1}, {LAST}", "2 amounts are words.", 1, "=1+1")
    assert sheet["E6"].data_type in {"s", "inlineStr"}, "what a partner typed is never a formula"
    assert rows[3][1] == "The whole file"
    links = {cell: sheet[cell].hyperlink for cell in ("B6", "B7", "B8", "B9")}
    assert links["B6"].location == f"'Return'!{Q1}"
    assert links["B7"].location == "'Guidance'!B2"
    assert links["B8"] is None, "nothing leads to a hidden sheet"
    assert links["B9"] is None
    assert all(link.target is None for link in links.values() if link)


def test_a_return_without_findings_gets_a_copy_that_says_so() -> None:
    book = opened(marked(plan()))
    assert book["Findings"]["A2"].value == "Nothing has to be put right."
    assert not any(cell.comment for row in book["Return"].iter_rows() for cell in row)


def test_a_sheet_called_findings_already_stays() -> None:
    def add(book: openpyxl.Workbook) -> None:
        book.create_sheet("FINDINGS")["A1"] = "mine"

    book = opened(marked(by_library(plan(), add), finding(Q1)))
    assert book.sheetnames[-2:] == ["FINDINGS", "Findings 2"]
    assert book["FINDINGS"]["A1"].value == "mine"


def noted(book: openpyxl.Workbook) -> None:
    book["Return"][Q1].comment = Comment("Is that enough?", "Partner", width=80, height=20)
    book["Return"][TOTAL].comment = Comment("Ours.", "Partner")


def test_a_partners_notes_stay_and_say_ours_too() -> None:
    made = marked(by_library(plan(), noted), finding(Q1), finding(LAST))
    sheet = opened(made)["Return"]
    assert sheet[Q1].comment.text.startswith("Is that enough?\n\nPlease put right\n")
    assert sheet[Q1].comment.author == "Partner"
    assert sheet[TOTAL].comment.text == "Ours."
    assert sheet[LAST].comment.author == "Check of the return"
    (drawing,) = (part for name, part in made.parts.items() if name.endswith(".vml"))
    shapes = etree.fromstring(drawing).findall("{urn:schemas-microsoft-com:vml}shape")
    assert len(shapes) == 3
    assert len({shape.get("id") for shape in shapes}) == 3
    # The box of the note that says more than before is as large as a new one of ours.
    assert sheet[Q1].comment.height > 60


def test_libreoffice_opens_the_copy_with_its_notes(tmp_path: Path) -> None:
    path = tmp_path / "plan.checked.xlsx"
    made = marked(by_library(plan(), noted), finding(Q1), finding(f"{LAST},K13", "warning"))
    path.write_bytes(package_bytes(made))
    (saved,) = resave([path], tmp_path / "saved")
    book = openpyxl.load_workbook(saved)
    sheet = book["Return"]
    noted_cells = {c.coordinate for row in sheet.iter_rows() for c in row if c.comment}
    assert noted_cells == {Q1, TOTAL, LAST, "K13"}
    assert "That is no amount." in sheet[Q1].comment.text
    assert sheet[Q1].value == 5000
    assert sheet.protection.sheet
    assert book["Findings"]["B6"].hyperlink.location.replace("$", "").endswith(Q1)


def with_macros() -> bytes:
    package = package_of(plan())
    types = package.parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    types = types.replace(
        b"</Types>",
        b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.'
        b'vbaProject"/></Types>',
    )
    links = package.parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/'
        b'vbaProject" Target="vbaProject.bin"/></Relationships>',
    )
    return package_bytes(
        package.replacing(
            {
                "[Content_Types].xml": types,
                "xl/_rels/workbook.xml.rels": links,
                "xl/vbaProject.bin": b"macros",
            }
        )
    )


def test_macros_are_left_out_of_the_copy() -> None:
    made = marked(with_macros(), finding(Q1))
    assert not any("vba" in name for name in made.parts)
    everything = b"".join(made.parts.values())
    assert b"macroEnabled" not in everything
    assert b"vbaProject" not in everything
    assert opened(made)["Return"][Q1].comment is not None


def test_a_signed_return_is_not_marked() -> None:
    signed = package_of(plan()).replacing({"_xmlsignatures/sig1.xml": b"<Signature/>"})
    with pytest.raises(UnsafeFileError, match="digital signature"):
        marked(package_bytes(signed), finding(Q1))


def test_the_same_findings_give_the_same_bytes() -> None:
    first, second = (package_bytes(marked(plan(), finding(Q1))) for _ in range(2))
    assert first == second


def test_markup_in_a_finding_stays_words() -> None:
    message = "<script>alert(1)</script> & \x0b\ud800 =cmd"
    book = opened(marked(plan(), finding(Q1, message=message)))
    assert "<script>alert(1)</script> &" in book["Return"][Q1].comment.text
    assert "<script>" in book["Findings"]["C6"].value


def test_a_copy_that_was_put_right_and_sent_back_loses_its_old_marks() -> None:
    first = package_bytes(marked(by_library(plan(), noted), finding(f"{Q1},{LAST},{TOTAL}")))

    def put_right(book: openpyxl.Workbook) -> None:
        book["Return"][LAST].value = 1

    again = opened(marked(by_library(first, put_right), finding(Q1, "warning", "still low")))
    sheet, sent = again["Return"], openpyxl.load_workbook(io.BytesIO(plan()))["Return"]
    assert sheet[LAST].comment is None
    assert copy(sheet[LAST].fill) == copy(sent[LAST].fill)
    assert sheet[Q1].fill.fgColor.rgb == YELLOW
    # What we said at the end of the partner's own notes is taken off, and theirs stay.
    assert sheet[TOTAL].comment.text == "Ours."
    assert copy(sheet[TOTAL].fill) == copy(sent[TOTAL].fill)
    assert sheet[Q1].comment.text.startswith("Is that enough?\n\nPlease check\nStill low.")
    assert "Please put right" not in sheet[Q1].comment.text
    assert again.sheetnames[-2:] == ["Findings", "Findings 2"]


def test_marking_a_marked_copy_again_says_everything_once() -> None:
    first = package_bytes(marked(plan(), finding(Q1)))
    again = opened(marked(by_library(first), finding(Q1)))["Return"]
    assert again[Q1].comment.text.count("That is no amount.") == 1
    assert again[Q1].fill.fgColor.rgb == RED


def test_what_libreoffice_saved_of_a_copy_is_known_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "plan.checked.xlsx"
    path.write_bytes(package_bytes(marked(plan(), finding(f"{Q1},{LAST}"))))
    (saved,) = resave([path], tmp_path / "saved")
    sheet = opened(marked(saved.read_bytes(), finding(Q1)))["Return"]
    assert sheet[LAST].comment is None
    assert sheet[LAST].fill.fgColor.rgb[-6:] != RED[-6:]
    assert sheet[Q1].comment.text.count("That is no amount.") == 1


def test_a_chart_sheet_called_findings_already_stays() -> None:
    def add(book: openpyxl.Workbook) -> None:
        book.create_chartsheet("Findings")

    tabs = sheet_entries(marked(by_library(plan(), add), finding(Q1)))
    assert [tab.name for tab in tabs][-2:] == ["Findings", "Findings 2"]
