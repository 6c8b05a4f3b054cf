"""Finds what is drawn on an open sheet: charts by their names, and the cells under shapes."""

from collections.abc import Iterator

from xlframework.ground.place import Area
from xlframework.sheets.live.excel import HAS_COM, ExcelSheet

# The shape of a comment covers cells for a moment only.
_COMMENT = 4


def chart_names(sheet: ExcelSheet) -> Iterator[str]:
    """Name the charts of a sheet that draw something; on a Mac all of them."""
    if not HAS_COM:
        yield from (chart.name for chart in sheet.charts)
        return
    charts = sheet.api.ChartObjects()
    for number in range(1, int(charts.Count) + 1):
        chart = charts.Item(number)
        if int(chart.Chart.SeriesCollection().Count):
            yield str(chart.Name)


def shape_areas(sheet: ExcelSheet) -> Iterator[Area]:
    """Give the cells that pictures, charts and buttons stand over."""
    if not HAS_COM:
        return
    shapes = sheet.api.Shapes
    for number in range(1, int(shapes.Count) + 1):
        shape = shapes.Item(number)
        if int(shape.Type) == _COMMENT:
            continue
        first, last = shape.TopLeftCell, shape.BottomRightCell
        yield Area(int(first.Row), int(first.Column), int(last.Row), int(last.Column))
