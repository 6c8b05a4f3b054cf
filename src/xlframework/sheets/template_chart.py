"""Draws our charts in the skeleton; refresh sets what they draw."""

from collections.abc import Sequence

from openpyxl.chart import BarChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlframework.model.workbook import ChartSpec

_FIRST_COLOUR = "2F6690"
_GRID_COLOUR = "D9DEE5"
_WIDTH, _ROW_HEIGHT = 25, 0.48


def add_chart(
    sheet: Worksheet, spec: ChartSpec, headers: Sequence[str], anchor: str, header_row: int
) -> None:
    """Add a bar chart of one series above a table.

    Args:
        sheet: the sheet.
        spec: what the chart is.
        headers: the headers of the table, which begins in column A.
        anchor: the cell of its top left corner.
        header_row: the table's header row.
    """
    chart = BarChart()
    chart.type = "bar" if spec.horizontal else "col"
    chart.title = spec.title
    chart.gapWidth = 45
    chart.series.append(_series(sheet.title, spec, headers, header_row))
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(solidFill=_GRID_COLOUR, w=6350))
    )
    if spec.horizontal:
        chart.dataLabels = DataLabelList(
            showVal=True,
            showSerName=False,
            showCatName=False,
            showLegendKey=False,
            showPercent=False,
            showLeaderLines=False,
        )
        # The first bar is on top, so the axis of pounds has to be sent to the far end.
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    chart.legend.position = "b"
    chart.width = _WIDTH
    chart.height = spec.rows * _ROW_HEIGHT
    sheet.add_chart(chart, anchor)


def _series(title: str, spec: ChartSpec, headers: Sequence[str], header_row: int) -> Series:
    quoted, first = f"'{title}'", header_row + 1
    labels = get_column_letter(headers.index(spec.labels) + 1)
    values = get_column_letter(headers.index(spec.values) + 1)
    series = Series(
        idx=0,
        order=0,
        tx=SeriesLabel(strRef=StrRef(f=f"{quoted}!${values}${header_row}")),
        cat=AxDataSource(strRef=StrRef(f=f"{quoted}!${labels}${first}:${labels}${first}")),
        val=NumDataSource(numRef=NumRef(f=f"{quoted}!${values}${first}:${values}${first}")),
    )
    series.graphicalProperties.solidFill = _FIRST_COLOUR
    series.invertIfNegative = False
    return series
