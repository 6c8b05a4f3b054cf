"""Finds the charts of a workbook by the names that Excel's selection pane shows."""

from collections.abc import Iterator

from xlframework.sheets.package.parts import related, relationships, sheet_entries
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.xml import (
    CHART,
    RELATIONSHIP_ID,
    SHEET_DRAWING,
    Element,
    parse_part,
)

_CHART = f"{{{CHART}}}chart"
_SERIES = f"{{{CHART}}}ser"


def find_chart(package: Package, name: str) -> str | None:
    """Find the part of the chart with that name; the first where there are several."""
    return next((part for shown, part in _charts(package) if shown == name), None)


def chart_names(package: Package) -> frozenset[str]:
    """Name the charts that draw at least one series.

    Raises:
        UnreadableFileError: if a drawing or a chart is damaged.
    """
    return frozenset(
        name
        for name, part in _charts(package)
        if next(parse_part(package, part).iter(_SERIES), None) is not None
    )


def _charts(package: Package) -> Iterator[tuple[str, str]]:
    for entry in sheet_entries(package):
        for drawing in related(package, entry.part, "drawing"):
            links = {link.id: link.target for link in relationships(package, drawing)}
            for name, link_id in _frames(parse_part(package, drawing)):
                part = links.get(link_id)
                if part is not None and part in package.parts:
                    yield name, part


def _frames(drawing: Element) -> Iterator[tuple[str, str]]:
    """List a drawing's charts: the name, and the id of the relationship to the part."""
    frame_name = f"{{{SHEET_DRAWING}}}nvGraphicFramePr/{{{SHEET_DRAWING}}}cNvPr"
    for frame in drawing.iter(f"{{{SHEET_DRAWING}}}graphicFrame"):
        properties, chart = frame.find(frame_name), frame.find(f".//{_CHART}")
        if properties is not None and chart is not None:
            yield properties.get("name", ""), chart.get(RELATIONSHIP_ID, "")
