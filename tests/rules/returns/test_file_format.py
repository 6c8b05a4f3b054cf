"""Rule `return-file-format`: a submitted file is an Excel workbook."""

import io
import zipfile

import pytest

from rules.returns.returned import check, healthy, in_part, only, shape

RULE = "return-file-format"

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"<a/>")
    return stream.getvalue()


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def test_a_workbook_passes_under_any_name() -> None:
    assert only(RULE, healthy()) == ()
    assert check(healthy(), file="plan.csv").status == "accepted"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (OLE + bytes(600) + utf16("Workbook"), "in the old Excel format (.xls)"),
        (OLE + bytes(600) + utf16("WordDocument"), "a Word document (.doc)"),
        (b"Activity,Q1\nYouth work,500\n", "a text file (.csv, say)"),
        ("\ufeffActivity;Q1".encode("utf-16"), "a text file (.csv, say)"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"{\\rtf1 ...", "a text document (.rtf)"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page (.html)"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "a workbook in the XML format of Excel 2003",
        ),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x00\x01\x02", "of a kind that is not known"),
        (zipped("mimetype", "content.xml"), "an OpenDocument file (.ods)"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a Word document (.docx)"),
        (zipped("[Content_Types].xml", "xl/workbook.bin"), "a binary workbook (.xlsb)"),
        (zipped("plan.xlsx", "notes.txt"), "a zip folder"),
    ],
)
def test_another_format_is_named_whatever_the_files_name_says(data: bytes, kind: str) -> None:
    checked = check(data, file="plan.xlsx")
    (finding,) = checked.findings
    assert (finding.rule, *shape(finding)) == (RULE, "error", None)
    assert kind in finding.message
    assert checked.status == "unreadable"
    assert checked.form is None


def test_the_strict_variant_is_named() -> None:
    data = in_part(
        "xl/workbook.xml",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    (finding,) = check(data).findings
    assert finding.rule == RULE
    assert "Strict Open XML" in finding.message
