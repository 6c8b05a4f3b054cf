"""Rule `return-file-damaged`: a submitted file is whole."""

import pytest

from rules.returns.returned import check, healthy, in_part, only, shape, with_parts

RULE = "return-file-damaged"


def test_a_whole_file_passes() -> None:
    assert only(RULE, healthy()) == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        healthy()[: len(healthy()) // 2],
        healthy()[:-30],
        in_part("xl/worksheets/sheet1.xml", b"</sheetData>", b"<sheetData>"),
        in_part("xl/worksheets/sheet1.xml", b'r="A13"', b'r="ZZZZZ9"'),
        in_part("xl/worksheets/sheet1.xml", b"<v>52666</v>", b"<v>fifty</v>"),
        in_part("xl/tables/table1.xml", b"A12:K52", b"everywhere"),
        with_parts({"xl/workbook.xml": b"not xml"}),
        with_parts({"xl/_rels/workbook.xml.rels": b"<Relationships"}),
    ],
)
def test_what_contradicts_itself_is_unreadable(data: bytes) -> None:
    checked = check(data)
    (finding,) = checked.findings
    assert (finding.rule, *shape(finding)) == (RULE, "error", None)
    assert checked.status == "unreadable"


def test_the_place_of_the_damage_is_said() -> None:
    data = in_part("xl/worksheets/sheet1.xml", b"<v>52666</v>", b"<v>fifty</v>")
    (finding,) = check(data, file="in/our plan.xlsx").findings
    assert finding.message.startswith("the file is damaged: sheet Return")
    assert "in/our plan.xlsx" not in finding.message


def test_an_empty_file_is_said_to_be_empty() -> None:
    (finding,) = check(b"").findings
    assert "empty (0 bytes)" in finding.message
