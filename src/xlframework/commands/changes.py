"""A change set as `--json` prints it: sheet, cell, before and after."""

from xlframework.sheets.cells import shown
from xlframework.sheets.change import CellChange, ChangeSet


def changes_json(changes: ChangeSet) -> list[dict[str, str | None]]:
    """Give the changes as `--json` prints them: sheet, cell, before and after.

    A table that is resized, a sheet that is added and a chart that draws other figures
    count as one change each.
    """
    listed = [_cell_json(cell) for cell in changes.cells]
    listed += [
        {
            "sheet": table.sheet,
            "cell": str(table.area),
            "before": f"table {table.table}: {table.before}",
            "after": f"table {table.table}: {table.area}",
        }
        for table in changes.tables
    ]
    listed += [
        {
            "sheet": sheet.name,
            "cell": str(sheet.table.area) if sheet.table else None,
            "before": None,
            "after": f"new sheet {sheet.name}",
        }
        for sheet in changes.sheets
    ]
    listed += [
        {
            "sheet": chart.sheet,
            "cell": None,
            "before": None,
            "after": f"chart {chart.name} draws the figures of its table",
        }
        for chart in changes.charts
    ]
    order = {sheet: number for number, sheet in enumerate(each["sheet"] for each in listed[::-1])}
    # What happens to one sheet stands together, in the order in which sheets come up.
    return sorted(listed, key=lambda each: -order[each["sheet"]])


def _cell_json(change: CellChange) -> dict[str, str | None]:
    before, after = shown(change.before) or None, shown(change.wanted.value) or None
    if before == after and change.before_formula != change.wanted.formula:
        before = f"={change.before_formula}" if change.before_formula else before
        after = f"={change.wanted.formula}" if change.wanted.formula else after
    return {"sheet": change.sheet, "cell": change.cell, "before": before, "after": after}
