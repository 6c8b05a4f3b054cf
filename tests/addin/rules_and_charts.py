"""What pyOpenVBA keeps as parts but has no objects for: conditional formats, and charts.

Emulated here, as Excel is known to do it: pasting formats and clearing them takes the cells
out of the conditional formats that they had; a series' `Formula` names its three ranges.
"""

import copy
import posixpath
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pyopenvba._a1 import Area, column_letter, parse_area
from pyopenvba.apps.excel._model import Range, Workbook, Worksheet
from pyopenvba.interpreter import MISSING, VBACollection, VBAInt, VBAObject, member, method, setter

_RULE = re.compile(r"<conditionalFormatting\b[^>]*?\bsqref=\"(?P<cells>[^\"]*)\"")
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


# --- conditional formats ------------------------------------------------------------------


def rule_cells(sheet: Worksheet) -> list[list[Area]]:
    """Give the cells of every conditional format of a sheet."""
    return [_areas(match["cells"]) for match in _RULE.finditer(_sheet_xml(sheet))]


def _areas(text: str) -> list[Area]:
    return [parse_area(part) for part in text.split()]


def _sheet_xml(sheet: Worksheet) -> str:
    package = sheet.book.package
    if package is None or not sheet.part_name or not package.has(sheet.part_name):
        return ""
    return str(package.read(sheet.part_name).decode("utf-8"))


def set_rule_cells(sheet: Worksheet, number: int, areas: list[Area]) -> None:
    """Give a conditional format other cells; without any it is gone."""
    xml = _sheet_xml(sheet)
    match = list(_RULE.finditer(xml))[number]
    if areas:
        cells = " ".join(_address(area) for area in areas)
        xml = xml[: match.start("cells")] + cells + xml[match.end("cells") :]
    else:
        end = xml.index("</conditionalFormatting>", match.end()) + len("</conditionalFormatting>")
        xml = xml[: match.start()] + xml[end:]
    sheet.book.package.write(sheet.part_name, xml.encode())


def _address(area: Area) -> str:
    first = f"{column_letter(area.left)}{area.top}"
    last = f"{column_letter(area.right)}{area.bottom}"
    return first if first == last else f"{first}:{last}"


def take_out(sheet: Worksheet, hole: Area) -> None:
    """Take cells out of every conditional format."""
    for number, areas in reversed(list(enumerate(rule_cells(sheet)))):
        left = [piece for area in areas for piece in _without(area, hole)]
        if left != areas:
            set_rule_cells(sheet, number, left)


def _without(area: Area, hole: Area) -> Iterator[Area]:
    top, bottom = max(area.top, hole.top), min(area.bottom, hole.bottom)
    left, right = max(area.left, hole.left), min(area.right, hole.right)
    if top > bottom or left > right:
        yield area
        return
    if area.top < top:
        yield Area(area.top, area.left, top - 1, area.right)
    if area.left < left:
        yield Area(top, area.left, bottom, left - 1)
    if right < area.right:
        yield Area(top, right + 1, bottom, area.right)
    if bottom < area.bottom:
        yield Area(bottom + 1, area.left, area.bottom, area.right)


class FormatCondition(VBAObject):
    """One conditional format."""

    vba_type_name = "FormatCondition"

    def __init__(self, sheet: Worksheet, number: int) -> None:
        self.sheet, self.number = sheet, number

    @member
    def AppliesTo(self) -> object:  # noqa: N802 - Excel's own name
        return Range(self.sheet, rule_cells(self.sheet)[self.number])

    @method
    def ModifyAppliesToRange(self, Range: object = MISSING) -> object:  # noqa: N802, N803 - Excel's own names
        set_rule_cells(self.sheet, self.number, list(Range.areas))  # type: ignore[attr-defined]
        return None


class FormatConditions(VBACollection):
    """The conditional formats that meet a range; here always those of its whole sheet."""

    vba_type_name = "FormatConditions"

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet

    def vba_items(self) -> list[object]:
        """Give the rules."""
        return [
            FormatCondition(self.sheet, number) for number in range(len(rule_cells(self.sheet)))
        ]


# --- charts -------------------------------------------------------------------------------


def _c(name: str) -> str:
    return f"{{{_CHART}}}{name}"


def _links(book: Workbook, part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    holder = posixpath.join(folder, "_rels", f"{name}.rels")
    if not book.package.has(holder):
        return {}
    root = etree.fromstring(book.package.read(holder))
    return {
        link.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))[
            1:
        ]
        for link in root.iter(f"{{{_RELATIONSHIPS}}}Relationship")
    }


def chart_parts(sheet: Worksheet) -> list[tuple[str, str]]:
    """Give the charts of a sheet: the name, and the part."""
    if sheet.book.package is None or not sheet.part_name:
        return []
    found = []
    for target in _links(sheet.book, sheet.part_name).values():
        if not target.startswith("xl/drawings/drawing"):
            continue
        links = _links(sheet.book, target)
        for frame in etree.fromstring(sheet.book.package.read(target)).iter(
            f"{{{_DRAWING}}}graphicFrame"
        ):
            name = frame.find(f".//{{{_DRAWING}}}cNvPr")
            chart = frame.find(f".//{_c('chart')}")
            if name is not None and chart is not None:
                part = links[chart.get(f"{{{_OFFICE}}}id", "")]
                found.append((name.get("name", ""), part))
    return found


class Series(VBAObject):
    """One series of a chart."""

    vba_type_name = "Series"

    def __init__(self, chart: "Chart", number: int) -> None:
        self.chart, self.number = chart, number

    @member
    def Formula(self) -> object:  # noqa: N802 - Excel's own name
        series = self.chart.series()[self.number]
        ranges = [series.findtext(f"{_c(tag)}//{_c('f')}", "") for tag in ("tx", "cat", "val")]
        return f"=SERIES({','.join(ranges)},{self.number + 1})"

    @setter("Formula")
    def _set_formula(self, value: object) -> None:
        inside = str(value).removeprefix("=SERIES(").removesuffix(")")
        ranges = re.findall(r"(?:'(?:[^']|'')*'|[^,'])+", inside)[:3]
        root = self.chart.root()
        series = list(root.iter(_c("ser")))[self.number]
        for tag, reference in zip(("tx", "cat", "val"), ranges, strict=True):
            holder = series.find(f"{_c(tag)}//{_c('f')}")
            assert holder is not None
            holder.text = reference
            for cache in list(holder.itersiblings()):
                holder.getparent().remove(cache)
        self.chart.write(root)

    @method
    def Delete(self) -> object:  # noqa: N802 - Excel's own name
        root = self.chart.root()
        series = list(root.iter(_c("ser")))[self.number]
        series.getparent().remove(series)
        self.chart.write(root)
        return None


class SeriesCollection(VBACollection):
    """The series of a chart."""

    vba_type_name = "SeriesCollection"

    def __init__(self, chart: "Chart") -> None:
        self.chart = chart

    def vba_items(self) -> list[object]:
        """Give the series."""
        return [Series(self.chart, number) for number in range(len(self.chart.series()))]

    @method
    def NewSeries(self) -> object:  # noqa: N802 - Excel's own name
        root = self.chart.root()
        last = list(root.iter(_c("ser")))[-1]
        made = copy.deepcopy(last)
        last.addnext(made)
        number = len(list(root.iter(_c("ser")))) - 1
        for tag in ("idx", "order"):
            made.find(_c(tag)).set("val", str(number))
        self.chart.write(root)
        return Series(self.chart, number)


class Chart(VBAObject):
    """What a chart object draws."""

    vba_type_name = "Chart"

    def __init__(self, book: Workbook, part: str) -> None:
        self.book, self.part = book, part

    def root(self) -> Any:
        return etree.fromstring(self.book.package.read(self.part))

    def write(self, root: Any) -> None:
        self.book.package.write(self.part, etree.tostring(root, xml_declaration=True))

    def series(self) -> list[Any]:
        return list(self.root().iter(_c("ser")))

    @method
    def SeriesCollection(self, Index: object = MISSING) -> object:  # noqa: N802, N803 - Excel's own names
        found = SeriesCollection(self)
        return found if Index is MISSING else found.vba_get("Item", [Index])


class ChartObject(VBAObject):
    """A chart on a sheet."""

    vba_type_name = "ChartObject"

    def __init__(self, book: Workbook, name: str, part: str) -> None:
        self.book, self.name, self.part = book, name, part

    @member
    def Name(self) -> object:  # noqa: N802 - Excel's own name
        return self.name

    @member
    def Chart(self) -> object:  # noqa: N802 - Excel's own name
        return Chart(self.book, self.part)


class ChartObjects(VBACollection):
    """The charts of a sheet."""

    vba_type_name = "ChartObjects"

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet

    def vba_items(self) -> list[object]:
        """Give the charts."""
        return [ChartObject(self.sheet.book, *each) for each in chart_parts(self.sheet)]

    def vba_lookup(self, index: object, items: list[object]) -> object:
        """Find a chart by its number or name."""
        if isinstance(index, str):
            return next(each for each in items if each.name == index)  # type: ignore[attr-defined]
        return items[int(index) - 1] if isinstance(index, VBAInt | int) else items[0]
