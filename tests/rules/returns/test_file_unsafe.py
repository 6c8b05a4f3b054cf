"""Rule `return-file-unsafe`: a submitted file has nothing in it that is not safe to read."""

import io
import warnings
import zipfile

from rules.returns.returned import check, healthy, only, shape, with_cells, with_parts

RULE = "return-file-unsafe"

BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>"""


def test_a_form_passes() -> None:
    assert only(RULE, healthy()) == ()


def test_a_document_type_is_not_read() -> None:
    checked = check(with_parts({"xl/sharedStrings.xml": BOMB}))
    (finding,) = checked.findings
    assert (finding.rule, *shape(finding)) == (RULE, "error", None)
    assert finding.message.startswith("the file was not opened: part xl/sharedStrings.xml")
    assert checked.status == "unreadable"


def test_two_parts_of_one_name_are_not_read() -> None:
    stream = io.BytesIO(healthy())
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/Workbook.xml", b"<workbook/>")
    (finding,) = check(stream.getvalue()).findings
    assert finding.rule == RULE


def test_words_in_cells_are_safe() -> None:
    assert only(RULE, with_cells({("Outcome measure", 1): "<!DOCTYPE a> <script>"})) == ()
