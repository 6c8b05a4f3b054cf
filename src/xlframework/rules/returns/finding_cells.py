"""Takes the cells that a finding names apart, so that they can be coloured or left out of sums."""

from collections.abc import Iterator

from xlframework.ground.finding import Finding
from xlframework.ground.place import Area

# A finding about more cells than that is about the whole sheet.
MOST_CELLS = 2000


def finding_areas(finding: Finding) -> tuple[Area, ...]:
    """Give the ranges of cells that a finding names, in its order; none for a whole sheet."""
    areas = []
    for text in (finding.place.cell or "").split(","):
        try:
            areas.append(Area.parse(text.strip()))
        except ValueError:
            # Whole rows and columns, and places in a text file.
            continue
    return tuple(areas)


def finding_cells(finding: Finding) -> Iterator[tuple[int, int]]:
    """Give the first cells that a finding names, as (row, column), range by range."""
    left = MOST_CELLS
    for area in finding_areas(finding):
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_column, area.last_column + 1):
                if left == 0:
                    return
                left -= 1
                yield row, column
