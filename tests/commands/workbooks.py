"""Changes a workbook's cells and leaves all else, charts too, as a person in Excel does."""

from pathlib import Path

from xlframework.ground.place import parse_cell
from xlframework.sheets.package.container import open_package, package_bytes
from xlframework.sheets.package.patch_cells import patch_cells
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import CellPatch, Value


def type_into(workbook: Path, sheet: str, cell: str, value: Value) -> None:
    package = open_package(workbook)
    found = read_book(package).sheet(sheet)
    assert found is not None
    patched = patch_cells(package, found.part, [CellPatch(*parse_cell(cell), value)])
    workbook.write_bytes(package_bytes(patched))
