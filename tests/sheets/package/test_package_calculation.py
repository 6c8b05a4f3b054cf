"""A workbook is asked to calculate everything anew, and its calculation chain goes."""

from sheets.package.samples import hand_made, links, package_of, sheet_xml
from xlframework.sheets.package.patch_cells import with_full_recalculation
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Package


def calculated(workbook: str = "", **chain: str) -> Package:
    more: dict[str, bytes | str] = {}
    parts = hand_made(sheet_xml(""), workbook=workbook)
    if chain:
        more["xl/calcChain.xml"] = chain["chain"]
        more["xl/_rels/workbook.xml.rels"] = links(
            ("worksheet", "worksheets/sheet1.xml"),
            ("calcChain", "calcChain.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        )
        override = (
            '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.calcChain+xml"/></Types>'
        )
        types = str(parts["[Content_Types].xml"])
        more["[Content_Types].xml"] = types.replace("</Types>", override)
    return package_of({**parts, **more})


def test_full_calculation_is_asked_for_and_the_chain_goes() -> None:
    package = calculated(
        '<definedNames/><calcPr calcId="1" iterate="1"/><oleSize ref="A1"/>', chain="<calcChain/>"
    )
    changed = with_full_recalculation(package)
    workbook = changed.parts["xl/workbook.xml"].decode()
    assert '<calcPr calcId="1" iterate="1" fullCalcOnLoad="1"/>' in workbook
    assert "xl/calcChain.xml" not in changed.parts
    assert all(b"calcChain" not in data for data in changed.parts.values())
    untouched = set(package.parts) - {
        "xl/calcChain.xml", "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels",
    }  # fmt: skip
    assert all(changed.parts[name] is package.parts[name] for name in untouched)
    assert with_full_recalculation(changed) is changed
    assert read_book(changed).sheets


def test_the_calculation_settings_are_made_in_their_place() -> None:
    workbook = '<definedNames/><mc:x xmlns:mc="urn:mc"/><pivotCaches/><extLst/>'
    changed = with_full_recalculation(calculated(workbook)).parts["xl/workbook.xml"].decode()
    assert '<mc:x xmlns:mc="urn:mc"/><calcPr fullCalcOnLoad="1"/><pivotCaches/>' in changed
