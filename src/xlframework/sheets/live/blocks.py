"""Areas of an open sheet: as few as cells can be written in."""

from collections.abc import Iterable, Iterator

from xlframework.ground.place import Area

Position = tuple[int, int]


def rectangles(cells: Iterable[Position]) -> Iterator[Area]:
    """Cover cells with rectangles that hold no other cell and do not overlap.

    Cells that stand side by side in a row belong together, and rows of the same columns
    that stand under each other.

    Args:
        cells: (row, column) from 1, in any order.
    """
    begun: dict[tuple[int, int], Area] = {}
    for row, first, last in _runs(sorted(set(cells))):
        above = begun.get((first, last))
        if above is not None and above.last_row == row - 1:
            begun[first, last] = above._replace(last_row=row)
            continue
        if above is not None:
            yield above
        begun[first, last] = Area(row, first, row, last)
    yield from begun.values()


def _runs(ordered: list[Position]) -> Iterator[tuple[int, int, int]]:
    """Give each stretch of cells side by side as (row, first column, last column)."""
    start = 0
    for at, (row, column) in enumerate(ordered, start=1):
        is_last = at == len(ordered) or ordered[at] != (row, column + 1)
        if is_last:
            yield row, ordered[start][1], column
            start = at


def row_runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Put rows together into stretches, each by its first and last row."""
    for area in rectangles((row, 1) for row in rows):
        yield area.first_row, area.last_row
