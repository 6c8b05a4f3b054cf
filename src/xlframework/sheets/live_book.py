"""Changes the workbook that is open in Excel by the change sets that also change a file."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from xlframework.ground.errors import UnsafeFileError
from xlframework.sheets.change import ChangeSet
from xlframework.sheets.live.blocks import Position
from xlframework.sheets.live.cells import Looks
from xlframework.sheets.live.charts import drawn_formulas, draws
from xlframework.sheets.live.excel import HAS_COM
from xlframework.sheets.live.guards import refuse_closed
from xlframework.sheets.live.quiet import quiet
from xlframework.sheets.live.read import OpenBook
from xlframework.sheets.live.tables import hold_formulas, mentions, renamed
from xlframework.sheets.live.undo import undo
from xlframework.sheets.live.write import Target, apply
from xlframework.sheets.package.records import Book
from xlframework.sheets.palette import CORNER_NAME
from xlframework.sheets.snapshot import find_names


def effective_open(opened: OpenBook, changes: ChangeSet) -> ChangeSet:
    """Leave out the charts that draw what is wanted already; on a Mac all, for lack of words.

    Args:
        opened: the workbook as it was read.
        changes: computed from that reading.
    """
    differing = tuple(
        chart
        for chart in changes.charts
        if HAS_COM and not draws(opened.sheets[opened.charts[chart.name]], chart.name, chart.series)
    )
    return replace(changes, charts=differing)


def prepare_open(opened: OpenBook, changes: ChangeSet) -> Callable[[], None]:
    """Get ready to write a change set to an open workbook, reading all that has to be known.

    Args:
        opened: the workbook as it was read.
        changes: computed from that reading.

    Returns:
        The function that writes. If Excel refuses something half way it puts everything
        back, and raises `UnsafeFileError`.

    Raises:
        UnsafeFileError: if the workbook must not be changed now; see `refuse_closed`.
    """
    excel, sheets, book = opened.excel, opened.sheets, opened.book
    refuse_closed(excel, sheets, changes)
    written = {(cell.sheet, (cell.row, cell.column)) for cell in changes.cells}
    tables = renamed(book, changes.tables)
    meant = (each for each in mentions(book, tables, changes.tables) if each not in written)
    target = Target(
        excel=excel,
        sheets=sheets,
        book=book,
        looks=Looks(sheets, dict(palette_cells(book)), opened.numbering.formats),
        charts=opened.charts,
        held=hold_formulas(sheets, meant),
        renamed=tables,
    )
    drawn = {
        chart.name: drawn_formulas(sheets[opened.charts[chart.name]], chart.name)
        for chart in changes.charts
    }

    def write() -> None:
        with quiet(excel.app):
            try:
                apply(target, changes)
            except Exception as error:
                whole = undo(opened, drawn)
                raise UnsafeFileError(_said(excel.name, whole=whole)) from error

    return write


def palette_cells(book: Book) -> Iterator[tuple[int, tuple[str, Position]]]:
    """Give the cell of the palette that has each look, by the look's number."""
    corner = find_names(book).get(CORNER_NAME)
    if corner is None:
        return
    for (row, column), cell in corner.sheet.cells.items():
        if row > corner.row and column > corner.column:
            yield cell.style, (corner.sheet.name, (row, column))


def _said(name: str, *, whole: bool) -> str:
    if whole:
        return (
            f"Excel refused a part of the changes to {name}, so all of it was put back as it was. "
            "The log file says what Excel refused."
        )
    return (
        f"Excel refused a part of the changes to {name}, and not all of it could be put back. "
        "Close it without saving, and open it again as it was last saved. The log file says what "
        "Excel refused."
    )
