"""Changes named cells of a worksheet and nothing else of it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from lxml import etree

from xlframework.ground.errors import UnsafeFileError
from xlframework.ground.place import Area, cell_name
from xlframework.sheets.package.container import damaged, refuse_signed
from xlframework.sheets.package.escapes import encode
from xlframework.sheets.package.far_rows import edited_above
from xlframework.sheets.package.parts import related, remove_part, workbook_part
from xlframework.sheets.package.ranges import area_of, around
from xlframework.sheets.package.records import CellPatch, ErrorValue, Package, Value
from xlframework.sheets.package.shared_formulas import FormulaError, translate
from xlframework.sheets.package.sheet_grid import Grid, Position, open_grid
from xlframework.sheets.package.workbook_order import WORKBOOK
from xlframework.sheets.package.xml import (
    SPACE,
    Element,
    edited,
    insert_in_order,
    main,
    sub_element,
)

_FORMULA, _VALUE, _INLINE, _TEXT = (main(name) for name in ("f", "v", "is", "t"))
# A cell's type, and its links to metadata and phonetic text, belong to its old content.
_OF_THE_CONTENT = ("t", "cm", "vm", "ph")
_LONGEST_PLAIN_NUMBER = 30


def patch_cells(package: Package, sheet_part: str, patches: Iterable[CellPatch]) -> Package:
    """Set the named cells of a worksheet; all else stays as it is.

    A patch without value and formula empties the cell and keeps its style.

    Args:
        package: the workbook.
        sheet_part: the worksheet part.
        patches: what the cells are to hold; the last one counts where a cell is named twice.

    Returns:
        The workbook with that part changed; the same object where nothing changes.

    Raises:
        UnsafeFileError: if a patch would break an array formula or a digital signature.
        UnreadableFileError: if the part is damaged.
    """
    refuse_signed(package)
    wanted = {(patch.row, patch.column): patch for patch in patches}
    if not wanted:
        return package
    last_row = max(row for row, _ in wanted)
    return edited_above(
        package, sheet_part, last_row, lambda root: _apply(root, wanted, package.file, sheet_part)
    )


def _apply(root: Element, wanted: Mapping[Position, CellPatch], file: str, part: str) -> None:
    grid = open_grid(root, file, part)
    _release_formulas(grid, wanted)
    for position in sorted(wanted):
        _put(grid, wanted[position])
    written = [position for position, patch in wanted.items() if not _is_blank(patch)]
    if written:
        _extend_dimension(root, written)


def _is_blank(patch: CellPatch) -> bool:
    return patch.value is None and patch.formula is None


def _release_formulas(grid: Grid, wanted: Mapping[Position, CellPatch]) -> None:
    """Free the cells to be written from the formulas that they share with others."""
    masters: dict[str, tuple[str, Position]] = {}
    dependents: dict[str, list[tuple[Element, Position]]] = {}
    for formula in list(grid.data.iter(_FORMULA)):
        kind = formula.get("t", "normal")
        if kind in {"array", "dataTable"}:
            _refuse_part_of_array(grid, formula, wanted)
        elif kind == "shared":
            position = grid.position(formula.getparent())
            if formula.text:
                masters[formula.get("si", "")] = (formula.text, position)
            else:
                dependents.setdefault(formula.get("si", ""), []).append((formula, position))
    for group, (text, master) in masters.items():
        if master in wanted:
            for formula, position in dependents.get(group, []):
                _write_out(grid, formula, text, (master, position))


def _refuse_part_of_array(grid: Grid, formula: Element, wanted: Mapping[Position, object]) -> None:
    try:
        area = area_of(formula.get("ref") or cell_name(*grid.position(formula.getparent())))
    except ValueError as error:
        raise damaged(grid.file, f"part {grid.part}: an array formula has no range") from error
    hit = [position for position in wanted if area.holds(*position)]
    if not hit or len(hit) == _size(area):
        return
    raise UnsafeFileError(
        f"{grid.file} was not changed: cell {cell_name(*hit[0])} (part {grid.part}) belongs to the "
        f"array formula or data table in {area}, which can only be changed as a whole; "
        "clear that formula in Excel, save the workbook and try again."
    )


def _size(area: Area) -> int:
    return (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1)


def _write_out(grid: Grid, formula: Element, text: str, places: tuple[Position, Position]) -> None:
    try:
        formula.text = translate(text, *places)
    except FormulaError as error:
        raise damaged(grid.file, f"part {grid.part}, {cell_name(*places[1])}: {error}") from error
    for name in ("t", "si", "ref"):
        formula.attrib.pop(name, None)


def _put(grid: Grid, patch: CellPatch) -> None:
    position = (patch.row, patch.column)
    cell = grid.find(position)
    if cell is None:
        if _is_blank(patch) and patch.style is None:
            return
        cell = grid.make(position)
    grid.touch(cell)
    _empty(cell)
    if patch.style is not None:
        _set_style(cell, patch.style)
    _fill(cell, patch.value, patch.formula)
    if _is_blank(patch) and cell.get("s") is None and len(cell) == 0:
        grid.remove(cell)


def _empty(cell: Element) -> None:
    for name in _OF_THE_CONTENT:
        cell.attrib.pop(name, None)
    for child in cell.findall(_FORMULA) + cell.findall(_VALUE) + cell.findall(_INLINE):
        cell.remove(child)


def _set_style(cell: Element, style: int) -> None:
    if style:
        cell.set("s", str(style))
    else:
        cell.attrib.pop("s", None)


def _fill(cell: Element, value: Value, formula: str | None) -> None:
    """Write formula and value; they come before anything else that the cell holds."""
    contents = []
    if formula is not None:
        contents.append(_leaf(_FORMULA, formula))
    if value is not None:
        kind, stored = _stored(value, is_result=formula is not None)
        contents.append(stored)
        if kind is not None:
            cell.set("t", kind)
    for place, content in enumerate(contents):
        cell.insert(place, content)


def _leaf(tag: str, text: str) -> Element:
    made = etree.Element(tag)
    made.text = text
    return made


def _stored(value: Value, *, is_result: bool) -> tuple[str | None, Element]:
    """Give a value's cell type and the element that holds it."""
    match value:
        case bool():
            return "b", _leaf(_VALUE, str(int(value)))
        case Decimal():
            return None, _leaf(_VALUE, number_text(value))
        case ErrorValue(code):
            return "e", _leaf(_VALUE, code)
        case _ if is_result:
            return "str", _leaf(_VALUE, encode(str(value)))
        case _:
            return "inlineStr", _inline_text(encode(str(value)))


def _inline_text(text: str) -> Element:
    holder = etree.Element(_INLINE)
    piece = sub_element(holder, _TEXT, text)
    if text != text.strip() or "\n" in text:
        piece.set(SPACE, "preserve")
    return holder


def number_text(number: Decimal) -> str:
    """Write a number as a plain constant: `500000`, `0.1`, and `1E+300` only where it must.

    Raises:
        ValueError: if it is infinite or not a number.
    """
    if not number.is_finite():
        raise ValueError(f"{number} cannot be stored in a cell")
    plain = format(number, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    if len(plain) > _LONGEST_PLAIN_NUMBER:
        return repr(float(number)).upper()
    return "0" if plain in {"-0", ""} else plain


def _extend_dimension(root: Element, written: Iterable[Position]) -> None:
    dimension = root.find(main("dimension"))
    if dimension is None:
        return
    try:
        area = area_of(dimension.get("ref", ""))
    except ValueError:
        # Only a hint to readers; a wrong one is better left out than guessed at.
        root.remove(dimension)
        return
    for row, column in written:
        area = around(area, Area(row, column, row, column))
    dimension.set("ref", str(area))


def with_full_recalculation(package: Package) -> Package:
    """Have Excel calculate everything when it opens the workbook.

    The calculation chain is left out: it may name cells that hold no formula any
    more, which makes Excel offer a repair, and Excel builds it anew.

    Raises:
        UnsafeFileError: if the workbook carries a digital signature.
    """
    refuse_signed(package)
    workbook = workbook_part(package)
    asked = edited(package, workbook, _ask_for_calculation)
    for chain in related(asked, workbook, "calcChain"):
        asked = remove_part(asked, chain, workbook)
    return asked


def _ask_for_calculation(workbook: Element) -> None:
    settings = workbook.find(main("calcPr"))
    if settings is None:
        settings = etree.Element(main("calcPr"))
        insert_in_order(workbook, settings, WORKBOOK)
    settings.set("fullCalcOnLoad", "1")
