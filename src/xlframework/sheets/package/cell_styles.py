"""Gives cells another style and leaves what they hold alone."""

from collections.abc import Callable, Iterable

from xlframework.sheets.package.container import refuse_signed
from xlframework.sheets.package.far_rows import edited_above
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.sheet_grid import Position, open_grid
from xlframework.sheets.package.xml import Element


def restyle_cells(
    package: Package,
    sheet_part: str,
    positions: Iterable[Position],
    restyle: Callable[[Position, int], int],
) -> Package:
    """Give cells of a worksheet another style; a cell that is not stored is made, empty.

    Args:
        package: the workbook.
        sheet_part: the worksheet part.
        positions: (row, column) of the cells.
        restyle: gives a cell's new style from its place and the style that it has.

    Raises:
        UnsafeFileError: if the workbook carries a digital signature.
        UnreadableFileError: if the part is damaged.
    """
    refuse_signed(package)
    wanted = sorted(set(positions))
    if not wanted:
        return package

    def change(root: Element) -> None:
        grid = open_grid(root, package.file, sheet_part)
        for position in wanted:
            cell = grid.find(position)
            if cell is None:
                cell = grid.make(position)
                grid.touch(cell)
            stored = cell.get("s", "0")
            style = int(stored) if stored.isdecimal() else 0
            cell.set("s", str(restyle(position, style)))

    return edited_above(package, sheet_part, wanted[-1][0], change)
